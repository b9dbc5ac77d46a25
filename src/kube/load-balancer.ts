import {
  asList,
  asString,
  asStrings,
  field,
  valueAt,
  type JsonValue,
  type KubeObject,
} from '../model/index.js'
import { addressBlock, holdsBlock, readAddress } from './network-policy/index.js'

/** Annotations by which clouds make the address of a Service an internal one. Sources: the documentation of each cloud's controller. */
const INTERNAL: readonly (readonly [annotation: string, value: RegExp])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(?:true|0\.0\.0\.0\/0)$/],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/],
  ['networking.gke.io/load-balancer-type', /^Internal$/],
  ['cloud.google.com/load-balancer-type', /^Internal$/],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', /^intranet$/],
  ['service.beta.kubernetes.io/do-loadbalancer-network', /^INTERNAL$/],
]

/** Addresses of private networks. Source: RFC 1918, RFC 6598, RFC 4193. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].flatMap(
  (text) => addressBlock(text) ?? [],
)

/** Whether an address belongs to a private network. */
export function isPrivateAddress(text: string): boolean {
  const address = readAddress(text)
  return address !== undefined && PRIVATE.some((block) => holdsBlock(block, address))
}

/** Whether a Service of type LoadBalancer is meant for an internal network alone. */
export function isInternalLoadBalancer({ content }: KubeObject): boolean {
  const annotations = valueAt(content, ['metadata', 'annotations'])
  if (INTERNAL.some(([name, value]) => value.test(asString(field(annotations, name)) ?? ''))) return true
  // Source: kubernetes-sigs/aws-load-balancer-controller docs, "scheme": internal is the default.
  return (
    asString(valueAt(content, ['spec', 'loadBalancerClass'])) === 'service.k8s.aws/nlb' &&
    field(annotations, 'service.beta.kubernetes.io/aws-load-balancer-scheme') === undefined
  )
}

/** The addresses and names that a Service or Ingress was given. */
export function givenAddresses({ content }: KubeObject): string[] {
  return asList(valueAt(content, ['status', 'loadBalancer', 'ingress'])).flatMap(
    (each) => asString(field(each, 'ip')) ?? asString(field(each, 'hostname')) ?? [],
  )
}

/** Who may connect to a load balancer; undefined when everybody may. */
export function sourceRanges({ content }: KubeObject): readonly string[] | undefined {
  const listed = asStrings(valueAt(content, ['spec', 'loadBalancerSourceRanges']))
  // Source: kubernetes v1.36.2 cloud-provider service/helpers, GetLoadBalancerSourceRanges.
  const annotation: JsonValue | undefined = valueAt(content, [
    'metadata',
    'annotations',
    'service.beta.kubernetes.io/load-balancer-source-ranges',
  ])
  const ranges =
    listed.length > 0 ? listed : (asString(annotation) ?? '').split(',').map((each) => each.trim())
  const known = ranges.filter((each) => each !== '')
  return known.length === 0 || known.some((each) => addressBlock(each)?.length === 0) ? undefined : known
}
