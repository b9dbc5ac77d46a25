import type { ChainDecision } from '../../access/index.js'
import type { Estate } from '../../model/index.js'

/** Lists that may hold what would allow it. */
const DECIDING = new Set(
  ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].map(
    (kind) => `rbac.authorization.k8s.io/${kind}`,
  ),
)

/** Why rights may be missing from an estate: the lists of a cluster that the server did not give. */
export function unreadRights({ sources }: Estate): string[] {
  return sources
    .flatMap(({ unread }) => unread ?? [])
    .filter(({ kind }) => DECIDING.has(kind))
    .map(({ detail }) => detail)
}

/** A refusal is unknown where rights could not be read: what is not there may be in them. */
export function openWhereUnread<Decision extends ChainDecision>(
  decision: Decision,
  estate: Estate,
): Decision {
  if (decision.verdict !== 'noOpinion') return decision
  const [first, ...more] = unreadRights(estate)
  if (first === undefined) return decision
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return { ...decision, verdict: 'unknown', reason: `rights could not be read (${first}${others})` }
}
