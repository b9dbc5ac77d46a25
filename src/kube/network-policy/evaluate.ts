import { field, isObject, type JsonObject } from '../../model/index.js'
import { selectorMatches } from '../label-selector.js'
import { holdsBlock, readAddress } from './address-block.js'
import type { PolicySet } from './policy-set.js'
import type {
  AddressPeer,
  Direction,
  NetworkPolicy,
  PodPeer,
  PolicyPeer,
  PolicyPort,
  NetworkRule,
} from './read-policy.js'

/** One end of a connection. */
export type Endpoint = PodEndpoint | AddressEndpoint

export interface PodEndpoint {
  readonly kind: 'pod'
  readonly namespace: string
  readonly labels: JsonObject
  /** Labels of its Namespace; undefined where that was not read. Its name is known all the same. */
  readonly namespaceLabels?: JsonObject
  /** Named ports of its containers. */
  readonly ports?: readonly NamedPort[]
  readonly hostNetwork?: boolean
}

/** An address outside of the pod network. */
export interface AddressEndpoint {
  readonly kind: 'address'
  readonly address: string
}

export interface NamedPort {
  readonly name: string
  readonly protocol: string
  readonly port: number
}

export interface Connection {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly protocol: string
  readonly port: number
}

/**
 * - allowed, denied: what the API says
 * - depends: what the API leaves to the network plug-in (pods in the host's network, address blocks that may hold pods),
 *   or labels that were not read
 */
export type Verdict = 'allowed' | 'denied' | 'depends'

export interface Judgement {
  readonly verdict: Verdict
  /** The policies that isolate the pod in this direction. */
  readonly isolatedBy: readonly NetworkPolicy[]
  /** The policy that allows the connection, or may. */
  readonly allowedBy?: NetworkPolicy
}

/**
 * What NetworkPolicies say of a connection in both directions: it must be allowed to leave its source and to enter its
 * target. Traffic of a pod with itself and with its own node is never restrained, and is not asked about here.
 * Source: kubernetes.io, Network Policies, "The two sorts of pod isolation".
 */
export function judgeConnection(policies: PolicySet, connection: Connection): Verdict {
  return worst([
    judgeDirection(policies, 'egress', connection).verdict,
    judgeDirection(policies, 'ingress', connection).verdict,
  ])
}

/** What they say of one direction: egress for the pod that it comes from, ingress for the one that it goes to. */
export function judgeDirection(policies: PolicySet, direction: Direction, connection: Connection): Judgement {
  const subject = direction === 'ingress' ? connection.to : connection.from
  const peer = direction === 'ingress' ? connection.from : connection.to
  if (subject.kind === 'address') return { verdict: 'allowed', isolatedBy: [] }
  const isolatedBy = policies
    .selecting(subject.namespace, subject.labels)
    .filter(({ isolates }) => isolates.includes(direction))
  if (isolatedBy.length === 0) return { verdict: 'allowed', isolatedBy }
  let best: Verdict = 'denied'
  let allowedBy: NetworkPolicy | undefined
  for (const policy of isolatedBy) {
    const verdict = any(policy.rules[direction].map((rule) => judgeRule(rule, policy, peer, connection)))
    if (verdict === 'denied' || (verdict === 'depends' && best === 'depends')) continue
    best = verdict
    allowedBy = policy
    if (verdict === 'allowed') break
  }
  // Whether a policy holds for a pod in the network of its node is left to the plug-in.
  if (best === 'denied' && subject.hostNetwork === true) best = 'depends'
  return { verdict: best, isolatedBy, ...(allowedBy === undefined ? {} : { allowedBy }) }
}

/** The rules of one policy that allow a connection, whatever others say. */
export function rulesThatAllow(
  policy: NetworkPolicy,
  direction: Direction,
  connection: Connection,
): NetworkRule[] {
  const peer = direction === 'ingress' ? connection.from : connection.to
  return policy.rules[direction].filter((rule) => judgeRule(rule, policy, peer, connection) === 'allowed')
}

function judgeRule(
  { peers, ports }: NetworkRule,
  policy: NetworkPolicy,
  peer: Endpoint,
  connection: Connection,
): Verdict {
  if (ports !== 'all' && !ports.some((port) => portMatches(port, connection))) return 'denied'
  return peers === 'everyone' ? 'allowed' : any(peers.map((each) => judgePeer(each, policy, peer)))
}

function portMatches(rule: PolicyPort, { protocol, port, to }: Connection): boolean {
  if (rule.protocol !== protocol) return false
  if (rule.port === undefined) return true
  if (typeof rule.port === 'number') return port >= rule.port && port <= (rule.endPort ?? rule.port)
  // A name means whatever port of that name the target has.
  const named = to.kind === 'pod' ? (to.ports ?? []) : []
  return named.some((each) => each.name === rule.port && each.protocol === protocol && each.port === port)
}

function judgePeer(rule: PolicyPeer, policy: NetworkPolicy, peer: Endpoint): Verdict {
  if (rule.kind === 'addresses') return judgeAddress(rule, peer)
  if (peer.kind === 'address') return 'denied'
  const verdict = judgePod(rule, policy, peer)
  // Traffic of pods in the network of their node looks like that of the node to most plug-ins.
  return verdict === 'allowed' && peer.hostNetwork === true ? 'depends' : verdict
}

/** Blocks are for addresses outside of the cluster; whether one also holds for the addresses of pods is left open. */
function judgeAddress({ block, except }: AddressPeer, peer: Endpoint): Verdict {
  if (peer.kind === 'pod') return 'depends'
  const address = readAddress(peer.address)
  if (address === undefined || !holdsBlock(block, address)) return 'denied'
  return except.some((each) => holdsBlock(each, address)) ? 'denied' : 'allowed'
}

function judgePod(rule: PodPeer, policy: NetworkPolicy, peer: PodEndpoint): Verdict {
  const pods: Verdict =
    rule.pods === undefined || selectorMatches(rule.pods, peer.labels) ? 'allowed' : 'denied'
  if (rule.namespaces === undefined) return peer.namespace === policy.namespace ? pods : 'denied'
  return worst([pods, judgeNamespace(rule.namespaces, peer)])
}

/** Every Namespace has its name as a label. Source: kubernetes v1.36.2 pkg/apis/core/v1/defaults.go. */
const NAME_LABEL = 'kubernetes.io/metadata.name'

function judgeNamespace(selector: unknown, { namespace, namespaceLabels }: PodEndpoint): Verdict {
  const labels = { ...namespaceLabels, [NAME_LABEL]: namespace }
  if (namespaceLabels !== undefined) return selectorMatches(selector, labels) ? 'allowed' : 'denied'
  return worst(
    requirementsOf(selector).map(([key, requirement]): Verdict => {
      if (key !== NAME_LABEL) return 'depends'
      return selectorMatches(requirement, labels) ? 'allowed' : 'denied'
    }),
  )
}

/** A selector taken apart: each requirement as a selector of its own, with the label that it is about. */
function requirementsOf(selector: unknown): (readonly [key: unknown, requirement: object])[] {
  const exact = field(selector, 'matchLabels')
  const expressions = field(selector, 'matchExpressions')
  return [
    ...Object.entries(isObject(exact) ? exact : {}).map(
      ([key, value]) => [key, { matchLabels: { [key]: value } }] as const,
    ),
    ...(Array.isArray(expressions) ? expressions : []).map(
      (each) => [field(each, 'key'), { matchExpressions: [each] }] as const,
    ),
  ]
}

/** One that allows is enough. */
function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('allowed')) return 'allowed'
  return verdicts.includes('depends') ? 'depends' : 'denied'
}

/** All must allow. */
function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('denied')) return 'denied'
  return verdicts.includes('depends') ? 'depends' : 'allowed'
}
