import { isObject, type JsonObject } from '../../src/model/index.js'

/**
 * NetworkPolicies without any index, written from the documentation of the API alone: every policy is visited for every
 * question. Slow and simple: the fast evaluator must agree with it. Addresses are of IPv4 only.
 * Source: kubernetes.io, Network Policies; kubernetes v1.36.2 staging/src/k8s.io/api/networking/v1/types.go.
 */
export interface NaivePolicy {
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: {
    readonly podSelector?: NaiveSelector
    readonly policyTypes?: readonly string[]
    readonly ingress?: readonly NaiveRule[]
    readonly egress?: readonly NaiveRule[]
  }
}

export interface NaiveSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

export interface NaiveRule {
  readonly from?: readonly NaivePeer[]
  readonly to?: readonly NaivePeer[]
  readonly ports?: readonly {
    readonly protocol?: string
    readonly port?: number | string
    readonly endPort?: number
  }[]
}

export interface NaivePeer {
  readonly podSelector?: NaiveSelector
  readonly namespaceSelector?: NaiveSelector
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
}

export type NaiveEnd =
  | {
      readonly namespace: string
      readonly labels: JsonObject
      readonly namespaceLabels: JsonObject
      readonly ports: readonly { name: string; protocol: string; port: number }[]
    }
  | { readonly address: string }

/** Whether one direction of a connection is allowed; undefined where it depends on the network plug-in. */
export function naiveDirection(
  policies: readonly NaivePolicy[],
  direction: 'ingress' | 'egress',
  from: NaiveEnd,
  to: NaiveEnd,
  protocol: string,
  port: number,
): boolean | undefined {
  const pod = direction === 'ingress' ? to : from
  const other = direction === 'ingress' ? from : to
  if ('address' in pod) return true
  let isolated = false
  let maybe = false
  for (const { metadata, spec } of policies) {
    if (metadata.namespace !== pod.namespace) continue
    if (!selects(spec.podSelector ?? {}, pod.labels)) continue
    const types =
      spec.policyTypes !== undefined && spec.policyTypes.length > 0
        ? spec.policyTypes
        : spec.egress !== undefined && spec.egress.length > 0
          ? ['Ingress', 'Egress']
          : ['Ingress']
    if (!types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')) continue
    isolated = true
    for (const rule of spec[direction] ?? []) {
      const ports = rule.ports ?? []
      const portFits =
        ports.length === 0 ||
        ports.some((each) => {
          if ((each.protocol ?? 'TCP') !== protocol) return false
          if (each.port === undefined) return true
          if (typeof each.port === 'string')
            return (
              !('address' in to) &&
              to.ports.some((own) => own.name === each.port && own.protocol === protocol && own.port === port)
            )
          return each.endPort === undefined ? port === each.port : port >= each.port && port <= each.endPort
        })
      if (!portFits) continue
      const peers = (direction === 'ingress' ? rule.from : rule.to) ?? []
      if (peers.length === 0) return true
      for (const peer of peers) {
        if (peer.ipBlock !== undefined) {
          if (!('address' in other)) maybe = true
          else if (
            within(other.address, peer.ipBlock.cidr) &&
            !(peer.ipBlock.except ?? []).some((each) => within(other.address, each))
          )
            return true
          continue
        }
        if ('address' in other) continue
        const rightNamespace =
          peer.namespaceSelector === undefined
            ? other.namespace === metadata.namespace
            : selects(peer.namespaceSelector, other.namespaceLabels)
        if (rightNamespace && (peer.podSelector === undefined || selects(peer.podSelector, other.labels)))
          return true
      }
    }
  }
  if (!isolated) return true
  return maybe ? undefined : false
}

function selects(selector: NaiveSelector, labels: unknown): boolean {
  const own = isObject(labels) ? labels : {}
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (own[key] !== value) return false
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const value = own[key] as string | undefined
    const holds =
      operator === 'In'
        ? value !== undefined && values.includes(value)
        : operator === 'NotIn'
          ? value === undefined || !values.includes(value)
          : operator === 'Exists'
            ? value !== undefined
            : value === undefined
    if (!holds) return false
  }
  return true
}

function within(address: string, cidr: string): boolean {
  const [base = '', length = ''] = cidr.split('/')
  const number = (text: string): number =>
    text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  const size = 2 ** (32 - Number(length))
  return Math.floor(number(address) / size) === Math.floor(number(base) / size)
}
