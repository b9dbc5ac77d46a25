import { absenceIsKnown, type ObjectIndex } from '../../kube/index.js'
import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  unknown,
  valueAt,
  type JsonPath,
  type KubeObject,
} from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { serviceWith } from './example-service.js'

export const endpointManual = defineCheck({
  id: 'endpoint-manual',
  title: 'Endpoints that somebody wrote lead to the cluster itself',
  severity: 'medium',
  because:
    'a proxy that may reach the Service reaches the metadata service, a node or the API server through it',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Endpoints', 'EndpointSlice.discovery.k8s.io'],
  why: 'A Service without a selector goes where its endpoints say. Whoever may write them makes Ingress controllers and other trusted clients connect to addresses that policies keep from pods.',
  references: [
    kubernetesDocs('concepts/services-networking/service/#services-without-selectors'),
    'https://github.com/kubernetes/kubernetes/issues/103675',
  ],
  evaluate({ object, index }, report) {
    const service = serviceOf(object)
    if (service === undefined || isManaged(object) || isApiServers(object.ref.namespace, service)) return
    const found = addressesOf(object).flatMap(([address, path]) => {
      const what = inside(index, address)
      return what === undefined ? [] : [{ address, path, what }]
    })
    if (found.length === 0) return
    const own = index.get('', 'Service', object.ref.namespace, service)
    if (isObject(valueAt(own?.content, ['spec', 'selector']))) return
    if (own === undefined && !absenceIsKnown(index, '', 'Service')) {
      const detail = `Service ${service} was not read: it may have a selector, and these addresses be its pods`
      return report.unknown(
        unknown('no-source', detail, { kind: 'object', object, path: ['metadata', 'name'] }),
      )
    }
    for (const { address, path, what } of found) {
      report.fail(fieldEvidence(object, path, `${address} is ${what}`, `address ${address}`), {
        message: `Service ${service} leads to ${what} (${address})`,
        fix: advice('Delete the endpoints, or let them name an address outside of the cluster.', {
          breaks: `clients that use Service ${service}`,
        }),
        ...(isMetricsOfKubelets(object)
          ? {
              severity: 'info',
              because: 'it lists the kubelets for a monitoring agent, as Prometheus Operator does',
            }
          : {}),
      })
    }
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${serviceWith('ports: [{ port: 80 }]')}---\n${endpoints('169.254.169.254')}`,
    },
    good: {
      complete: true,
      manifests: `${serviceWith('ports: [{ port: 80 }]')}---\n${endpoints('198.51.100.7')}`,
    },
  },
})

function endpoints(address: string): string {
  return `apiVersion: v1
kind: Endpoints
metadata: { name: web, namespace: shop }
subsets: [{ addresses: [{ ip: ${address} }], ports: [{ port: 80 }] }]
`
}

const label = ({ content }: KubeObject, name: string): string | undefined =>
  asString(valueAt(content, ['metadata', 'labels', name]))

function serviceOf(object: KubeObject): string | undefined {
  return object.ref.kind === 'Endpoints' ? object.ref.name : label(object, 'kubernetes.io/service-name')
}

/** Slices that controllers of Kubernetes write. Source: kubernetes v1.36.2 pkg/controller/endpointslice and endpointslicemirroring. */
function isManaged(object: KubeObject): boolean {
  const by = label(object, 'endpointslice.kubernetes.io/managed-by')
  return by === 'endpointslice-controller.k8s.io' || by === 'endpointslicemirroring-controller.k8s.io'
}

/** The API server writes the endpoints of its own Service. */
function isApiServers(namespace: string, service: string): boolean {
  return namespace === 'default' && service === 'kubernetes'
}

function addressesOf({ ref, content }: KubeObject): (readonly [address: string, path: JsonPath])[] {
  if (ref.kind === 'EndpointSlice') {
    return asList(field(content, 'endpoints')).flatMap((each, at) =>
      asStrings(field(each, 'addresses')).map(
        (ip, number) => [ip, ['endpoints', at, 'addresses', number]] as const,
      ),
    )
  }
  return asList(field(content, 'subsets')).flatMap((subset, at) =>
    asList(field(subset, 'addresses')).flatMap((each, number) => {
      const ip = asString(field(each, 'ip'))
      return ip === undefined ? [] : [[ip, ['subsets', at, 'addresses', number, 'ip']] as const]
    }),
  )
}

function isMetricsOfKubelets(object: KubeObject): boolean {
  return label(object, 'k8s-app') === 'kubelet' || label(object, 'app.kubernetes.io/name') === 'kubelet'
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, string>>()

/** What of the cluster itself has an address: nodes, and the API server by the endpoints that it writes. */
function inside(index: ObjectIndex, address: string): string | undefined {
  if (/^(?:169\.254\.|fe80:)/i.test(address) || address === 'fd00:ec2::254')
    return 'the metadata service or a link-local address'
  let own = made.get(index)
  if (own === undefined) {
    const addresses = new Map<string, string>()
    for (const node of index.ofKind('', 'Node')) {
      for (const each of asList(valueAt(node.content, ['status', 'addresses']))) {
        const text = asString(field(each, 'address'))
        if (text !== undefined) addresses.set(text, `node ${node.ref.name}`)
      }
    }
    for (const object of [
      ...index.ofKind('', 'Endpoints'),
      ...index.ofKind('discovery.k8s.io', 'EndpointSlice'),
    ]) {
      if (!isApiServers(object.ref.namespace, serviceOf(object) ?? '')) continue
      for (const [text] of addressesOf(object)) addresses.set(text, 'the API server')
    }
    own = addresses
    made.set(index, own)
  }
  return own.get(address)
}
