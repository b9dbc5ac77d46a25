import type { AbacAuthorizer } from '../abac/index.js'
import type { Attributes } from '../attributes.js'
import type { Grant } from '../authorizer.js'
import type { Chain, ChainDecision } from '../chain/index.js'
import type { RbacAuthorizer } from '../rbac/index.js'
import { nearestMisses, type NearestMiss } from './nearest-misses.js'

/** A decision with everything that speaks for it, or what comes closest. */
export interface Explanation {
  readonly decision: ChainDecision
  /** Every grant that allows it, of every authorizer, in their order; the first one decided. */
  readonly grants: readonly Grant[]
  /** Where it is not allowed: what almost allows it, nearest first. */
  readonly misses: readonly NearestMiss[]
}

/** Explains a decision of the chain; webhooks that were asked are not asked again. */
export function explain(chain: Chain, attributes: Attributes, decision: ChainDecision): Explanation {
  const grants = chain.members.flatMap((member): readonly Grant[] => {
    switch (member.type) {
      case 'RBAC':
        return (member as RbacAuthorizer).grantsFor(attributes)
      case 'ABAC': {
        const abac = member as AbacAuthorizer
        return abac
          .policiesFor(attributes)
          .map(({ line }) => ({ kind: 'abac', file: abac.file.name, line }) as const)
      }
      case 'Webhook':
        return decision.grant?.kind === 'webhook' && decision.grant.name === member.name
          ? [decision.grant]
          : []
      default: {
        const given = member.authorize(attributes)
        return !(given instanceof Promise) && 'verdict' in given && given.grant !== undefined
          ? [given.grant]
          : []
      }
    }
  })
  const refused = decision.verdict === 'noOpinion' || decision.verdict === 'unknown'
  const misses = refused
    ? chain.members.flatMap((member) =>
        member.type === 'RBAC' ? nearestMisses(member as RbacAuthorizer, attributes) : [],
      )
    : []
  return { decision, grants, misses }
}
