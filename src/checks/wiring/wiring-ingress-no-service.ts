import { ingressBackends } from '../../kube/index.js'
import { serviceWith, WEB_SERVICE } from './example-wiring.js'
import { judgeMissing } from './judge-missing.js'
import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { rules: [{ host: a.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`

export const wiringIngressNoService = defineCheck({
  id: 'wiring-ingress-no-service',
  title: 'An Ingress leads to a Service that does not exist',
  severity: 'low',
  because: 'requests are answered by errors of the controller',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Ingress.networking.k8s.io', 'Ingress.extensions'],
  byDefault: 'manifests',
  why: 'Whoever creates a Service of that name is sent the requests of the host.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/'],
  evaluate({ object, index }, report) {
    const rules = valueAt(object.content, ['spec', 'rules']) ?? []
    if (!Array.isArray(rules)) {
      return report.unknown(
        unknown('unparsable', '`rules` is no list', { kind: 'object', object, path: ['spec', 'rules'] }),
      )
    }
    const seen = new Set<string>()
    for (const { namespace, name, path } of ingressBackends(object)) {
      if (seen.has(name)) continue
      seen.add(name)
      judgeMissing(
        object,
        index,
        report,
        { group: '', kind: 'Service', namespace, name, path },
        { fix: advice('Name a Service of the namespace, or take the rule away.') },
      )
    }
  },
  examples: {
    bad: { complete: true, manifests: INGRESS },
    good: { complete: true, manifests: `${INGRESS}---\n${serviceWith(WEB_SERVICE)}` },
  },
})
