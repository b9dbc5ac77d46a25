import { asString, field, isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { caBundleFault } from './ca-bundle-fault.js'
import { LASTING_CA } from './example-ca.js'
import { objectOf } from './example-webhook.js'

export const crdConversionWebhook = defineCheck({
  id: 'crd-conversion-webhook',
  title: 'A conversion webhook of a custom resource cannot be asked as it should be',
  severity: 'info',
  because:
    'its resources cannot be read in another version, and whoever takes its place sees and changes all of them',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['CustomResourceDefinition.apiextensions.k8s.io'],
  why: 'Every object of the resource goes through the conversion webhook when it is read in another version than it is stored in. A webhook that is gone, or outside of the cluster, or not verifiable, is a place to take or to lose all of them.',
  references: [
    kubernetesDocs(
      'tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion',
    ),
  ],
  evaluate({ object, index, now }, report) {
    const base = ['spec', 'conversion']
    const conversion = valueAt(object.content, base)
    if (field(conversion, 'strategy') !== 'Webhook') return
    const path = [...base, 'webhook', 'clientConfig']
    const client = valueAt(object.content, path)
    const origin = { kind: 'object', object, path } as const
    if (!isObject(client)) {
      return report.unknown(
        unknown('unparsable', '`conversion.webhook.clientConfig` is not a mapping', origin),
      )
    }
    const service = field(client, 'service')
    const [namespace, name] = ['namespace', 'name'].map((key) => asString(field(service, key)) ?? '')
    const url = asString(field(client, 'url'))
    const faults = [
      ...(url === undefined ? [] : [`it asks ${url.split('?', 1)[0] ?? ''}, outside of the cluster`]),
      ...(isObject(service) &&
      index.holdsAll('', 'Service') &&
      index.get('', 'Service', namespace ?? '', name ?? '') === undefined
        ? [`Service ${namespace ?? ''}/${name ?? ''} does not exist`]
        : []),
      // In a manifest the bundle is filled in later.
      ...(isObject(service) && object.source !== 'manifest'
        ? [caBundleFault(asString(field(client, 'caBundle')) ?? '', now) ?? '']
        : []),
    ].filter((fault) => fault !== '')
    for (const fault of faults) {
      report.fail(
        { origin, key: `conversion ${fault}`, message: fault },
        {
          message: `the conversion webhook of ${object.ref.name}: ${fault}`,
          fix: advice(
            'Bring the webhook back with a certificate of its own authority in caBundle; where one version is left, set conversion.strategy to None.',
            {
              breaks: 'reading objects of a version that only the webhook converts',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${definition('gone')}${objectOf('v1', 'Service', 'converter', {}, 'widgets')}`,
    },
    good: {
      complete: true,
      manifests: `${definition('converter')}${objectOf('v1', 'Service', 'converter', {}, 'widgets')}`,
    },
  },
})

function definition(name: string): string {
  return objectOf('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
    spec: {
      group: 'example.com',
      conversion: {
        strategy: 'Webhook',
        webhook: { clientConfig: { service: { namespace: 'widgets', name }, caBundle: LASTING_CA } },
      },
    },
  })
}
