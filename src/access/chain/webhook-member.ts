import type { Attributes } from '../attributes.js'
import type { Authorizer, Decision } from '../authorizer.js'
import { evaluateConditions, type MatchCondition } from './match-conditions.js'

export type FailurePolicy = 'NoOpinion' | 'Deny'

/** What a webhook answered, or why it did not. */
export type WebhookAnswer = Decision | { readonly failed: string }

/** A webhook of a chain. Without `ask` it is never called: its answer stays unknown. */
export interface WebhookMember {
  readonly name: string
  readonly failurePolicy: FailurePolicy
  readonly conditions: readonly MatchCondition[]
  readonly ask?: (attributes: Attributes) => WebhookAnswer | Promise<WebhookAnswer>
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
  return {
    name: member.name,
    type: 'Webhook',
    member,
    authorize(attributes) {
      const match = evaluateConditions(member.conditions, attributes)
      if (match.kind === 'skip') return { verdict: 'noOpinion', reason: '' }
      if (match.kind === 'error') return failed(match.errors.join('; '))
      if (member.ask === undefined) return { kind: 'unasked', failurePolicy: member.failurePolicy }
      const answer = member.ask(attributes)
      return answer instanceof Promise ? answer.then(decisionOf) : decisionOf(answer)
    },
    rulesFor: () => ({ rules: [], incomplete: ['webhook authorizer does not support user rule resolution'] }),
  }
}
