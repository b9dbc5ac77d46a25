import {
  consoleOf,
  containersOf,
  isInternalLoadBalancer,
  podsWithLabels,
  type ObjectIndex,
} from '../../kube/index.js'
import {
  asList,
  asNumber,
  asString,
  asStrings,
  field,
  unknown,
  valueAt,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { serviceWith } from './example-service.js'
import { SENSITIVE_PORTS } from './sensitive-ports.js'

export const serviceSensitivePort = defineCheck({
  id: 'service-sensitive-port',
  title: 'A Service opens a sensitive port to the outside of the cluster',
  severity: 'high',
  because:
    'databases, control planes and debuggers trust their network; medium behind an internal load balancer',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Service'],
  why: 'What listens on these ports gives its data, or commands, to whoever connects, often without a login, and is searched for by scanners around the clock.',
  references: [nsa('network separation'), 'https://kubernetes.io/docs/concepts/services-networking/service/'],
  evaluate({ object, index }, report) {
    const by = openedBy(object)
    if (by === undefined) return
    for (const [at, port] of asList(valueAt(object.content, ['spec', 'ports'])).entries()) {
      const path = ['spec', 'ports', at]
      const numbers = numbersOf(object, index, port)
      if (numbers === undefined) {
        const detail = 'the named port of its pods was not found in what was read'
        report.unknown(
          unknown('no-source', detail, { kind: 'object', object, path: [...path, 'targetPort'] }),
        )
        continue
      }
      const number = numbers.find((each) => SENSITIVE_PORTS.has(each))
      // Consoles are named by checks of their own, with what they give.
      if (number === undefined || leadsToConsole(object, index)) continue
      const what = `${SENSITIVE_PORTS.get(number) ?? ''} (port ${number})`
      report.fail(fieldEvidence(object, path, `port ${number} is opened by ${by}`), {
        message: `${what} is reached from outside through ${by}`,
        fix: advice(
          'Make it a ClusterIP Service, and reach it from inside, through a VPN or `kubectl port-forward`.',
          {
            breaks: `clients that connect through ${by}`,
          },
        ),
        ...(by === 'LoadBalancer' && isInternalLoadBalancer(object)
          ? { severity: 'medium', because: 'its load balancer is internal: only that network reaches it' }
          : {}),
      })
    }
  },
  examples: {
    bad: { manifests: serviceWith('type: LoadBalancer\nports: [{ port: 5432 }]') },
    good: { manifests: serviceWith('type: ClusterIP\nports: [{ port: 5432 }]') },
  },
})

function openedBy({ content }: KubeObject): string | undefined {
  const type = asString(valueAt(content, ['spec', 'type']))
  if (type === 'LoadBalancer' || type === 'NodePort') return type
  return asStrings(valueAt(content, ['spec', 'externalIPs'])).length > 0 ? 'externalIPs' : undefined
}

/** The port of the Service and that of its pods; undefined when the pods' one is a name that was not found. */
function numbersOf(service: KubeObject, index: ObjectIndex, port: JsonValue): number[] | undefined {
  const own = asNumber(field(port, 'port'))
  const target = field(port, 'targetPort')
  const numbers = own === undefined ? [] : [own]
  if (typeof target !== 'string') return target === undefined ? numbers : [...numbers, asNumber(target) ?? 0]
  if (own !== undefined && SENSITIVE_PORTS.has(own)) return numbers
  const named = podsWithLabels(index, service.ref.namespace, valueAt(service.content, ['spec', 'selector']))
    .flatMap(({ template }) => containersOf(template))
    .flatMap(({ spec }) => asList(spec.ports))
    .filter((each) => field(each, 'name') === target)
    .flatMap((each) => asNumber(field(each, 'containerPort')) ?? [])
  return named.length === 0 ? undefined : [...numbers, ...named]
}

function leadsToConsole(service: KubeObject, index: ObjectIndex): boolean {
  return podsWithLabels(index, service.ref.namespace, valueAt(service.content, ['spec', 'selector'])).some(
    ({ template }) => containersOf(template).some((container) => consoleOf(container) !== undefined),
  )
}
