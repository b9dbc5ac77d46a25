import type { Attributes } from '../attributes.js'
import type { Authorizer, AuthorizerType, Decision, Grant, Verdict } from '../authorizer.js'
import { systemMasters } from './built-in.js'
import type { FailurePolicy, Unasked, WebhookAuthorizer } from './webhook-member.js'

/** An authorizer in its place. */
export type ChainMember = Authorizer | WebhookAuthorizer

/** What one authorizer said on the way to a decision. */
export interface ChainStep {
  readonly authorizer: string
  readonly type: AuthorizerType
  readonly verdict: Verdict | 'unknown'
  readonly reason: string
  readonly error?: string
  readonly note?: string
}

/** What would follow from each answer of a webhook that was not asked. */
export interface WebhookOutcomes {
  readonly webhook: string
  readonly failurePolicy: FailurePolicy
  readonly ifAllowed: 'allow'
  readonly ifDenied: 'deny'
  readonly ifNoOpinion: ChainDecision
  readonly ifFailed: ChainDecision
}

/** The decision of a whole chain. `noOpinion` at its end means that the request is refused. */
export interface ChainDecision {
  readonly verdict: Verdict | 'unknown'
  /** As the API server would tell it; empty where it tells none. */
  readonly reason: string
  /** Errors on the way. A refusal with an error is answered as an internal error. */
  readonly error?: string
  readonly grant?: Grant
  readonly steps: readonly ChainStep[]
  /** Only where the verdict is unknown. */
  readonly outcomes?: WebhookOutcomes
}

/** A chain of authorizers as an API server asks them. */
export interface Chain {
  /** In order, the built-in authorizer for system:masters first. */
  readonly members: readonly ChainMember[]
  authorize(attributes: Attributes): Promise<ChainDecision>
  /** The same without waiting: nobody outside is asked, and an answer that is not at hand is unknown. */
  decide(attributes: Attributes): ChainDecision
}

/**
 * Chains authorizers: the first one that allows or denies decides; when none does, the request is refused, with the
 * reasons of all of them. From Kubernetes 1.37 on each reason begins with its authorizer's name.
 * Source: kubernetes v1.36.2 apiserver pkg/authorization/union/union.go.
 */
export function createChain(
  members: readonly ChainMember[],
  options: { readonly minor?: number } = {},
): Chain {
  const all = [systemMasters, ...members]
  const named = (options.minor ?? 36) >= 37
  const decide = (attributes: Attributes, from = 0, before = new Walk(named)): ChainDecision => {
    const walk = before.copy()
    for (let index = from; index < all.length; index++) {
      const member = all[index] as ChainMember
      const given =
        member.type === 'Webhook'
          ? (member as WebhookAuthorizer).decide(attributes)
          : member.authorize(attributes)
      if (given instanceof Promise || 'kind' in given) {
        return unknownDecision(member, given, walk, (next) => decide(attributes, index + 1, next))
      }
      if (walk.add(member, given)) break
    }
    return walk.result()
  }
  return {
    members: all,
    decide: (attributes) => decide(attributes),
    authorize: async (attributes) => {
      const walk = new Walk(named)
      for (const [index, member] of all.entries()) {
        const given = await member.authorize(attributes)
        if ('kind' in given) {
          return unknownDecision(member, given, walk, (next) => decide(attributes, index + 1, next))
        }
        if (walk.add(member, given)) break
      }
      return walk.result()
    },
  }
}

function unknownDecision(
  member: ChainMember,
  given: Unasked | Promise<unknown>,
  walk: Walk,
  goOn: (walk: Walk) => ChainDecision,
): ChainDecision {
  const failurePolicy = 'kind' in given ? given.failurePolicy : 'NoOpinion'
  const reason = `the webhook ${member.name} decides`
  const ifNoOpinion = goOn(walk)
  const failed: Decision = {
    verdict: failurePolicy === 'Deny' ? 'deny' : 'noOpinion',
    reason: '',
    error: `the webhook ${member.name} could not be asked`,
  }
  const after = walk.copy()
  const ifFailed = after.add(member, failed) ? after.result() : goOn(after)
  const step: ChainStep = { authorizer: member.name, type: member.type, verdict: 'unknown', reason }
  const outcomes: WebhookOutcomes = {
    webhook: member.name,
    failurePolicy,
    ifAllowed: 'allow',
    ifDenied: 'deny',
    ifNoOpinion,
    ifFailed,
  }
  return { verdict: 'unknown', reason, steps: [...walk.steps, step], outcomes }
}

/** What has been said so far. */
class Walk {
  readonly steps: ChainStep[] = []
  private readonly reasons: string[] = []
  private readonly errors: string[] = []
  private final: Decision | undefined

  constructor(private readonly named: boolean) {}

  copy(): Walk {
    const walk = new Walk(this.named)
    walk.steps.push(...this.steps)
    walk.reasons.push(...this.reasons)
    walk.errors.push(...this.errors)
    return walk
  }

  /** Takes one answer; true when it decides. */
  add(member: ChainMember, decision: Decision): boolean {
    const { verdict, reason, error, note } = decision
    const step = { authorizer: member.name, type: member.type, verdict, reason }
    this.steps.push({
      ...step,
      ...(error === undefined ? {} : { error }),
      ...(note === undefined ? {} : { note }),
    })
    if (verdict !== 'noOpinion') {
      this.final = decision
      return true
    }
    if (reason !== '') this.reasons.push(this.named ? `${member.name}: ${reason}` : reason)
    if (error !== undefined) this.errors.push(error)
    return false
  }

  result(): ChainDecision {
    const { steps } = this
    if (this.final !== undefined) {
      const { verdict, reason, error, grant } = this.final
      return {
        verdict,
        reason,
        ...(error === undefined ? {} : { error }),
        ...(grant === undefined ? {} : { grant }),
        steps,
      }
    }
    const error = aggregate(this.errors)
    return {
      verdict: 'noOpinion',
      reason: this.reasons.join('\n'),
      ...(error === undefined ? {} : { error }),
      steps,
    }
  }
}

/** Several errors as Go prints them: one alone, more in brackets, each once. */
function aggregate(errors: readonly string[]): string | undefined {
  const once = [...new Set(errors)]
  if (once.length === 0) return undefined
  return once.length === 1 ? once[0] : `[${once.join(', ')}]`
}
