import {
  absenceIsKnown,
  podsSelectedBy,
  readPolicy,
  selectorMatches,
  type Direction,
  type ObjectIndex,
  type PodPeer,
} from '../../kube/index.js'
import { asObject, field, inWords, unknown, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { deploymentOf, documents, namespaceNamed, policyWith } from './example-network.js'
import { reportMalformed } from './open-rules.js'
import { POLICIES } from './policy-kinds.js'

export const netpolAndOr = defineCheck({
  id: 'netpol-and-or',
  title: 'A NetworkPolicy allows two peers where one with both selectors was likely meant',
  severity: 'medium',
  because: 'every pod of the selected namespaces is allowed, not only those with the labels',
  reach: 'pod',
  appliesTo: 'object',
  kinds: POLICIES,
  why: 'Two list items mean either: all pods of those namespaces, and pods with those labels in the own namespace. One item with both selectors means both. The difference is one dash.',
  references: [
    kubernetesDocs('concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors'),
  ],
  evaluate({ object, index }, report) {
    const policy = readPolicy(object)
    reportMalformed(object, policy, report)
    for (const direction of ['ingress', 'egress'] as const) {
      for (const { peers } of policy.rules[direction]) {
        const pair =
          peers === 'everyone' ? undefined : likelyPair(peers.filter((peer) => peer.kind === 'pods'))
        if (pair === undefined) continue
        const meant = wasMeant(object, index, pair)
        if (meant === 'two') continue
        const origin = { kind: 'object', object, path: pair.pods.path } as const
        const labels = inWords(pair.pods.pods)
        if (meant === 'not-known') {
          const detail = `whether pods with ${labels} are in ${object.ref.namespace} or in the namespaces of the item beside it was not read`
          report.unknown(unknown('no-source', detail, origin))
          continue
        }
        report.fail(
          { origin, message: `pods with ${labels} of the own namespace, of which there is none` },
          {
            message: `${direction}: every pod of the selected namespaces is allowed, whatever its labels`,
            fix: joined(direction),
          },
        )
      }
    }
  },
  examples: {
    bad: {
      complete: true,
      manifests: documents(
        namespaceNamed('web'),
        deploymentOf('front', 'web'),
        policyWith(example('- podSelector: { matchLabels: { app: front } }')),
      ),
    },
    good: {
      complete: true,
      manifests: documents(
        namespaceNamed('web'),
        deploymentOf('front', 'web'),
        policyWith(example('  podSelector: { matchLabels: { app: front } }')),
      ),
    },
  },
})

function example(second: string): string {
  return `podSelector: {}
policyTypes: [Ingress]
ingress:
  - from:
      - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } }
      ${second}`
}

interface Pair {
  readonly namespaces: PodPeer
  readonly pods: PodPeer
}

/** One item with only a namespace selector, directly before or after one with only a pod selector, and no other such. */
function likelyPair(peers: readonly PodPeer[]): Pair | undefined {
  const namespaces = peers.filter((peer) => peer.pods === undefined)
  const pods = peers.filter(
    (peer) => peer.namespaces === undefined && Object.keys(asObject(peer.pods)).length > 0,
  )
  const [one] = namespaces
  const [other] = pods
  if (one === undefined || other === undefined || namespaces.length > 1 || pods.length > 1) return undefined
  const distance = Number(one.path.at(-1)) - Number(other.path.at(-1))
  return Math.abs(distance) === 1 ? { namespaces: one, pods: other } : undefined
}

/** Two peers make sense when pods of the own namespace have the labels; one, when those of the other namespaces do. */
function wasMeant(
  policy: KubeObject,
  index: ObjectIndex,
  { namespaces, pods }: Pair,
): 'one' | 'two' | 'not-known' {
  const own = policy.ref.namespace
  if (podsSelectedBy(index, own, pods.pods).length > 0) return 'two'
  // The labels of the cluster's DNS, which runs nowhere else. Source: kubernetes v1.36.2 cluster/addons/dns/coredns.
  if (field(field(pods.pods, 'matchLabels'), 'k8s-app') === 'kube-dns' && own !== 'kube-system') return 'one'
  if (!absenceIsKnown(index, '', 'Pod')) return 'not-known'
  const elsewhere = index
    .ofKind('', 'Namespace')
    .filter(({ content }) =>
      selectorMatches(namespaces.namespaces, field(field(content, 'metadata'), 'labels')),
    )
    .some(({ ref }) => podsSelectedBy(index, ref.name, pods.pods).length > 0)
  return elsewhere ? 'one' : 'two'
}

function joined(direction: Direction) {
  const key = direction === 'ingress' ? 'from' : 'to'
  return advice(
    `Write both selectors in one item of \`${key}\`: take away the dash before \`podSelector\`.`,
    { breaks: 'pods of the selected namespaces that have other labels' },
  )
}
