import type { Attributes } from '../attributes.js'
import type { Authorizer, Decision } from '../authorizer.js'
import { evaluateConditions, type MatchCondition } from './match-conditions.js'

export type FailurePolicy = 'NoOpinion' | 'Deny'

/** What a webhook answered, or why it did not. */
export type WebhookAnswer = Decision | { readonly failed: string }

/** A webhook of a chain. With neither `answer` nor `ask` its answer stays unknown. */
export interface WebhookMember {
  readonly name: string
  readonly failurePolicy: FailurePolicy
  readonly conditions: readonly MatchCondition[]
  /** An answer that is at hand, as a recorded one. */
  readonly answer?: (attributes: Attributes) => WebhookAnswer
  /** Asks the webhook itself; only where a decision is waited for. */
  readonly ask?: (attributes: Attributes) => Promise<WebhookAnswer>
}

/** A webhook whose answer to a request is not known, because nobody asked it. */
export interface Unasked {
  readonly kind: 'unasked'
  readonly failurePolicy: FailurePolicy
}

/** A webhook in its place in the chain. */
export interface WebhookAuthorizer extends Omit<Authorizer, 'authorize'> {
  readonly type: 'Webhook'
  readonly member: WebhookMember
  authorize(attributes: Attributes): Decision | Promise<Decision> | Unasked
  /** The same without asking anybody. */
  decide(attributes: Attributes): Decision | Unasked
}

/**
 * Puts match conditions and failure policy around a webhook: a request that a condition excludes is none of its
 * business; conditions or calls that fail end as the failure policy says.
 * Source: kubernetes v1.36.2 apiserver plugin/pkg/authorizer/webhook/webhook.go, Authorize.
 */
export function createWebhookMember(member: WebhookMember): WebhookAuthorizer {
  const failed = (error: string): Decision => ({
    verdict: member.failurePolicy === 'Deny' ? 'deny' : 'noOpinion',
    reason: '',
    error,
  })
  const decisionOf = (answer: WebhookAnswer): Decision =>
    'failed' in answer ? failed(answer.failed) : { grant: { kind: 'webhook', name: member.name }, ...answer }
  const unasked: Unasked = { kind: 'unasked', failurePolicy: member.failurePolicy }
  /** What needs no question: conditions, and answers at hand. */
  const settled = (attributes: Attributes): Decision | undefined => {
    const match = evaluateConditions(member.conditions, attributes)
    if (match.kind === 'skip') {
      return { verdict: 'noOpinion', reason: '', note: `not asked: \`${match.condition}\` is false` }
    }
    if (match.kind === 'error') return failed(match.errors.join('; '))
    return member.answer === undefined ? undefined : decisionOf(member.answer(attributes))
  }
  return {
    name: member.name,
    type: 'Webhook',
    member,
    authorize: (attributes) => settled(attributes) ?? member.ask?.(attributes).then(decisionOf) ?? unasked,
    decide: (attributes) => settled(attributes) ?? unasked,
    rulesFor: () => ({ rules: [], incomplete: ['webhook authorizer does not support user rule resolution'] }),
  }
}
