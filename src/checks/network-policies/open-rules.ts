import {
  addressBlock,
  holdsBlock,
  selectsAll,
  type AddressBlock,
  type Direction,
  type NetworkPolicy,
  type NetworkRule,
} from '../../kube/index.js'
import { unknown, type KubeObject } from '../../model/index.js'
import type { EvidenceInput, Report } from '../define-check.js'

/** A rule that lets everyone through on every port. */
export function isAllowAll({ peers, ports }: NetworkRule): boolean {
  return ports === 'all' && peers === 'everyone'
}

/** Whether a policy undoes isolation: for all pods of its namespace it allows everyone, on every port. */
export function allowsAll(policy: NetworkPolicy, direction: Direction): boolean {
  return selectsAll(policy) && policy.rules[direction].some(isAllowAll)
}

/** The rules of a policy that reach every address of one family outside of the cluster, but those of DNS alone. */
export function worldRules(policy: NetworkPolicy, direction: Direction): NetworkRule[] {
  return policy.rules[direction].filter((rule) => reachesWorld(rule) && !isDnsAlone(rule))
}

function reachesWorld({ peers }: NetworkRule): boolean {
  if (peers === 'everyone') return true
  const blocks = peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.block] : []))
  return blocks.some((block) => block.length === 0) || holdsBothHalves(blocks)
}

/** `0.0.0.0/1` and `128.0.0.0/1` say the same as `0.0.0.0/0`. */
function holdsBothHalves(blocks: readonly AddressBlock[]): boolean {
  return [
    ['0.0.0.0/1', '128.0.0.0/1'],
    ['::/1', '8000::/1'],
  ].some((halves) =>
    halves.every((text) => {
      const half = addressBlock(text)
      return half !== undefined && blocks.some((block) => holdsBlock(block, half))
    }),
  )
}

function isDnsAlone({ ports }: NetworkRule): boolean {
  return (
    ports !== 'all' &&
    ports.length > 0 &&
    ports.every(({ port, endPort }) => port === 53 && (endPort ?? 53) === 53)
  )
}

/** The evidence of a rule of a policy. */
export function ruleEvidence(policy: NetworkPolicy, { path }: NetworkRule, message: string): EvidenceInput {
  return { origin: { kind: 'object', object: policy.object, path }, message }
}

/** Says where a policy holds what the API server would refuse, so that nothing is told about it. */
export function reportMalformed(object: KubeObject, policy: NetworkPolicy, report: Report): boolean {
  for (const path of policy.malformed) {
    report.unknown(
      unknown('unparsable', 'the policy has a value that the API refuses', { kind: 'object', object, path }),
    )
  }
  return policy.malformed.length > 0
}
