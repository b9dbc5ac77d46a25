import {
  flagOf,
  isOlder,
  judgeDirection,
  networkPoliciesOf,
  versionNumbers,
  type NginxController,
  type ObjectIndex,
} from '../../kube/index.js'
import { asObject, field, unknown } from '../../model/index.js'
import releases from '../../../data/ingress-nginx.json' with { type: 'json' }
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { controllerWith } from './example-ingress.js'
import { imageOrigin, nginxIn } from './judge-nginx.js'

export const ingressNginxVersion = defineCheck({
  id: 'ingress-nginx-version',
  title: 'ingress-nginx has a version with known flaws',
  severity: 'high',
  because:
    'fixes of the last releases are missing; critical where pods reach its webhook and one request runs code (CVE-2025-1974)',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Before 1.11.5 and 1.12.1 whoever reaches the admission webhook of the controller, which every pod does unless a policy forbids it, runs code in it without a credential and reads every Secret of the cluster. Later versions have flaws that an Ingress is needed for.',
  references: [
    'https://github.com/kubernetes/kubernetes/issues/131009',
    'https://github.com/kubernetes/ingress-nginx/releases',
  ],
  evaluate(subject, report) {
    for (const controller of nginxIn(subject)) {
      const { version, tag } = controller
      const origin = imageOrigin(controller)
      if (version === undefined) {
        const detail =
          tag === undefined
            ? 'the image of ingress-nginx has no tag'
            : `tag \`${tag}\` does not say which release of ingress-nginx it is`
        report.unknown(unknown('version-unknown', detail, origin))
        continue
      }
      const text = version.join('.')
      const fix = advice(
        `Go to ${releases.last.join(', ')}, the last there are, on the way to a controller that is maintained.`,
        {
          breaks: 'Ingresses whose annotations or paths newer releases refuse',
        },
      )
      if (lacks(version, releases.webhookExecution.fixed)) {
        const open = webhookReach(controller, subject.index)
        report.fail(
          { origin, key: 'version', message: `version ${text}` },
          {
            message: `${text} lets whoever reaches its webhook run code (${releases.webhookExecution.cve})${open ? '' : '; the webhook is off, or a policy keeps pods away'}`,
            fix,
            ...(open
              ? { severity: 'critical', because: 'every pod reaches the webhook, and needs no credential' }
              : {}),
          },
        )
      } else if (lacks(version, releases.last)) {
        report.fail(
          { origin, key: 'version', message: `version ${text}` },
          { message: `${text} lacks the fixes of ${releases.last.join(', ')}`, fix },
        )
      }
    }
  },
  examples: {
    bad: {
      manifests: controllerWith('registry.k8s.io/ingress-nginx/controller:v1.11.2', [
        '--validating-webhook=:8443',
      ]),
    },
    good: {
      manifests: controllerWith('registry.k8s.io/ingress-nginx/controller:v1.15.1', [
        '--validating-webhook=:8443',
      ]),
    },
  },
})

/** Whether a version is older than the release of its own line, or of a line that has none. */
function lacks(version: readonly [number, number, number], fixed: readonly string[]): boolean {
  const lines = fixed.map(versionNumbers)
  const own = lines.find(([major, minor]) => major === version[0] && minor === version[1])
  if (own !== undefined) return isOlder(version, own)
  const newest = lines.at(-1) ?? []
  return isOlder(version, newest)
}

/** Whether some pod of the cluster reaches the webhook, as far as policies say: a pod of no namespace that is named. */
function webhookReach({ object, template, container }: NginxController, index: ObjectIndex): boolean {
  const flag = flagOf(container, 'validating-webhook')
  if (flag === undefined || flag === '') return false
  const port = Number(/:(\d+)$/.exec(flag)?.[1] ?? 8443)
  const { verdict } = judgeDirection(networkPoliciesOf(index), 'ingress', {
    from: { kind: 'pod', namespace: '', labels: {}, namespaceLabels: {} },
    to: {
      kind: 'pod',
      namespace: object.ref.namespace,
      labels: asObject(field(template.metadata, 'labels')),
      ports: [{ name: 'webhook', protocol: 'TCP', port }],
    },
    protocol: 'TCP',
    port,
  })
  return verdict !== 'denied'
}
