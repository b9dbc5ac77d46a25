import type { Direction, ObjectIndex } from '../../kube/index.js'
import {
  asList,
  asString,
  field,
  valueAt,
  type Fix,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { advice } from '../precondition.js'
import { clientsOfServices, monitorsOf, servicesUsedBy, type ServiceClients } from './service-clients.js'

/** More Services than these are named by their number alone. */
const SHOWN = 20

/** Advice to isolate a namespace: the policies that what was read asks for, and who else would be cut off. */
export function suggestDefaultDeny(index: ObjectIndex, namespace: string, direction: Direction): Fix {
  return direction === 'ingress' ? suggestIngress(index, namespace) : suggestEgress(index, namespace)
}

function suggestIngress(index: ObjectIndex, namespace: string): Fix {
  const services = clientsOfServices(index, namespace, SHOWN + 1)
  const shown = services.slice(0, SHOWN)
  const deny = policy(namespace, 'default-deny-ingress', { podSelector: {}, policyTypes: ['Ingress'] })
  const allow = shown.map((each) =>
    policy(namespace, `allow-to-${each.service.ref.name}`, {
      podSelector: { matchLabels: valueAt(each.service.content, ['spec', 'selector']) ?? {} },
      policyTypes: ['Ingress'],
      ingress: [{ ...from(each), ports: portsOf(each.service) }],
    }),
  )
  const more = services.length > SHOWN ? ['And one like the last for each other Service.'] : []
  const text = [
    'Isolate the namespace, and allow what its Services need (probes of the kubelet are never cut). From what was read:',
    ...[deny, ...allow].flatMap((each) => ['---', each]),
    ...more,
  ].join('\n')
  const cut = [
    ...new Set(
      shown.flatMap((each) =>
        each.namespaces.map((other) => `pods of ${other} (they name ${each.service.ref.name})`),
      ),
    ),
    ...new Set(shown.flatMap(({ outside }) => outside)),
    ...monitorsOf(index, namespace),
  ]
  const seen =
    cut.length === 0 ? 'clients in other namespaces' : `${listed(cut)}, and clients that no object names`
  return advice(text, { breaks: `every connection into the namespace that no policy allows: ${seen}` })
}

function suggestEgress(index: ObjectIndex, namespace: string): Fix {
  const used = servicesUsedBy(index, namespace)
  const others = [...new Set(used.map((each) => each.split('/')[0] ?? ''))]
  const deny = policy(namespace, 'default-deny-egress', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [inNamespaceOf('kube-system')],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
      { to: [{ podSelector: {} }, ...others.map(inNamespaceOf)] },
    ],
  })
  const text = `Isolate the namespace for what its pods open, and allow DNS, the namespace itself and the Services that its pods name. From what was read:\n---\n${deny}`
  const seen = used.length === 0 ? '' : ` (${listed(used.map((each) => `Service ${each}`))} stay reachable)`
  return advice(text, {
    breaks: `every connection out of the namespace that no policy allows: the API server, databases and addresses outside of the cluster, cloud services${seen}`,
  })
}

function from({ namespaces, outside }: ServiceClients): { from?: JsonValue } {
  // What comes in from outside may have the address of a node, of a load balancer or of a client.
  return outside.length > 0 ? {} : { from: [{ podSelector: {} }, ...namespaces.map(inNamespaceOf)] }
}

function inNamespaceOf(name: string): JsonValue {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }
}

/** A policy sees the port of the pod, not that of the Service. */
function portsOf(service: KubeObject): JsonValue {
  return asList(valueAt(service.content, ['spec', 'ports'])).map((port) => ({
    protocol: asString(field(port, 'protocol')) ?? 'TCP',
    port: field(port, 'targetPort') ?? field(port, 'port') ?? null,
  }))
}

/** One policy on one line: JSON is YAML too, and cannot lose its indentation on the way. */
function policy(namespace: string, name: string, spec: JsonValue): string {
  const metadata = { name, namespace }
  return JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec })
}

function listed(names: readonly string[]): string {
  const first = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${first} and ${names.length - 5} more` : first
}
