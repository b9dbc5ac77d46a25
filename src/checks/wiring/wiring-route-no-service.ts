import {
  asList,
  asString,
  field,
  unknown,
  valueAt,
  type JsonPath,
  type KubeObject,
} from '../../model/index.js'
import { serviceWith, WEB_SERVICE } from './example-wiring.js'
import { judgeMissing } from './judge-missing.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'

const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`

export const wiringRouteNoService = defineCheck({
  id: 'wiring-route-no-service',
  title: 'A route leads to a Service that does not exist',
  severity: 'low',
  because: 'requests are answered by errors of the gateway',
  reach: 'user',
  appliesTo: 'object',
  kinds: [
    ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
      (kind) => `${kind}.gateway.networking.k8s.io`,
    ),
    'Route.route.openshift.io',
  ],
  byDefault: 'manifests',
  why: 'Whoever creates a Service of that name is sent the requests of the host.',
  references: ['https://gateway-api.sigs.k8s.io/api-types/httproute/'],
  evaluate({ object, index }, report) {
    const rules = valueAt(object.content, ['spec', 'rules']) ?? []
    if (!Array.isArray(rules)) {
      return report.unknown(
        unknown('unparsable', '`rules` is no list', { kind: 'object', object, path: ['spec', 'rules'] }),
      )
    }
    const seen = new Set<string>()
    for (const { namespace, name, path } of backends(object)) {
      if (seen.has(`${namespace}/${name}`)) continue
      seen.add(`${namespace}/${name}`)
      judgeMissing(
        object,
        index,
        report,
        { group: '', kind: 'Service', namespace, name, path },
        { fix: advice('Name a Service that exists, or take the rule away.') },
      )
    }
  },
  examples: {
    bad: { complete: true, manifests: ROUTE },
    good: { complete: true, manifests: `${ROUTE}---\n${serviceWith(WEB_SERVICE)}` },
  },
})

function backends({ ref, content }: KubeObject): { namespace: string; name: string; path: JsonPath }[] {
  const refs = asList(valueAt(content, ['spec', 'rules'])).flatMap((rule, ruleAt) =>
    asList(field(rule, 'backendRefs')).map(
      (each, at) => [each, ['spec', 'rules', ruleAt, 'backendRefs', at]] as const,
    ),
  )
  const to = valueAt(content, ['spec', 'to'])
  const all = to === undefined ? refs : [...refs, [to, ['spec', 'to']] as const]
  return all.flatMap(([each, path]) => {
    const name = asString(field(each, 'name'))
    if (name === undefined || (field(each, 'kind') ?? 'Service') !== 'Service') return []
    return [{ namespace: asString(field(each, 'namespace')) ?? ref.namespace, name, path }]
  })
}
