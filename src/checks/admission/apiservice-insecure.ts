import { asString, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { objectOf } from './example-webhook.js'

export const apiserviceInsecure = defineCheck({
  id: 'apiservice-insecure',
  title: 'The API server does not verify the extension server that it passes requests to',
  severity: 'high',
  because:
    'who answers in its place sees who asks for what, and answers; medium for metrics, which are published so',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['APIService.apiregistration.k8s.io'],
  why: 'Requests for the group go to a Service over TLS whose certificate nobody looks at. A pod that takes its address, by ARP, DNS or the endpoints of the Service, receives users with their names and groups, and answers what it likes.',
  references: [kubernetesDocs('tasks/extend-kubernetes/setup-extension-api-server/')],
  evaluate({ object }, report) {
    const path = ['spec', 'insecureSkipTLSVerify']
    const insecure = valueAt(object.content, path)
    const origin = { kind: 'object', object, path } as const
    if (insecure !== undefined && insecure !== null && typeof insecure !== 'boolean') {
      return report.unknown(
        unknown('unparsable', '`insecureSkipTLSVerify` is neither true nor false', origin),
      )
    }
    if (insecure !== true) return
    const group = asString(valueAt(object.content, ['spec', 'group'])) ?? ''
    report.fail(
      { origin, message: 'insecureSkipTLSVerify is true' },
      {
        ...(/(?:^|\.)metrics\.k8s\.io$/.test(group) ? METRICS : {}),
        message: `whoever answers for ${group} is taken for its server`,
        fix: advice(
          'Give the extension server a certificate for NAME.NAMESPACE.svc, put its authority into spec.caBundle (cert-manager can: annotation cert-manager.io/inject-ca-from), then take insecureSkipTLSVerify away.',
          { breaks: `the API group ${group}, while the certificate does not fit` },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: service('widgets.example.com', true) },
    good: { manifests: service('widgets.example.com', false) },
  },
})

const METRICS = {
  severity: 'medium',
  because: 'metrics-server and its like are published so; wrong answers mislead what scales by them',
} as const

function service(group: string, insecureSkipTLSVerify: boolean): string {
  return objectOf('apiregistration.k8s.io/v1', 'APIService', `v1.${group}`, {
    spec: { group, version: 'v1', service: { namespace: 'widgets', name: 'api' }, insecureSkipTLSVerify },
  })
}
