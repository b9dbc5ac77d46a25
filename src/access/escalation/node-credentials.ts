import type { ObjectIndex } from '../../kube/index.js'
import { asString, valueAt, type KubeObject } from '../../model/index.js'
import { podReferences } from '../node/index.js'
import { NODE_CREDENTIAL } from './estate-techniques.js'
import type { Escalation } from './find-escalations.js'

/**
 * What the credential of each node gives: a kubelet may ask for tokens of the accounts whose pods are bound to its node,
 * and so holds what they hold. Only accounts that hold something grave are told.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/node/node_authorizer.go, authorizeCreateToken.
 */
export function nodeCredentials(found: readonly Escalation[], index: ObjectIndex): Escalation[] {
  const grave = new Map<string, Escalation[]>()
  for (const each of found) {
    const { kind, namespace, name } = each.subject
    if (kind !== 'ServiceAccount' || (each.severity !== 'critical' && each.severity !== 'high')) continue
    const account = `${namespace}/${name}`
    grave.set(account, [...(grave.get(account) ?? []), each])
  }
  const accounts = grave.size === 0 ? new Map<string, Set<string>>() : accountsByNode(index)
  return [...accounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([node, names]) => {
      const wide = [...names].filter((account) => grave.has(account)).sort()
      if (wide.length === 0) return []
      const grants = wide.flatMap((account) => (grave.get(account) ?? []).flatMap((each) => each.grants))
      return [
        {
          subject: { kind: 'User', name: `system:node:${node}`, namespace: '' } as const,
          technique: NODE_CREDENTIAL,
          namespace: '',
          severity: NODE_CREDENTIAL.severity.cluster,
          grants,
          names: wide,
        },
      ]
    })
}

function accountsByNode(index: ObjectIndex): Map<string, Set<string>> {
  const byNode = new Map<string, Set<string>>()
  for (const pod of index.ofKind('', 'Pod')) {
    const node = asString(valueAt(pod.content, ['spec', 'nodeName'])) ?? ''
    const account = accountOf(pod)
    if (node === '' || account === undefined) continue
    byNode.set(node, (byNode.get(node) ?? new Set()).add(`${pod.ref.namespace}/${account}`))
  }
  return byNode
}

/** The account of a pod; none of mirror pods and of those that a host's manifest describes. */
function accountOf(pod: KubeObject): string | undefined {
  if (pod.source === 'static-pod') return undefined
  return podReferences(pod.content).find(({ kind }) => kind === 'serviceaccounts')?.name
}
