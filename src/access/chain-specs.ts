import type { Attributes } from './attributes.js'
import type { WebhookAnswer } from './chain/index.js'
import { compileCondition } from './conditions/index.js'
import type { AuthorizerConfig, ChainConfig, ConditionConfig } from './config/index.js'
import type { AuthorizerSpec } from './create-authorizer.js'

/** A webhook of a chain, as it is configured. */
export type ConfiguredWebhook = Extract<AuthorizerConfig, { type: 'Webhook' }>

/** Asks a webhook about one request. */
export type AskWebhook = (attributes: Attributes) => Promise<WebhookAnswer>

/** What a configured chain needs beside its configuration. */
export interface ChainParts {
  /** The text of the ABAC policy file, and the name that answers give it. */
  readonly policy?: { readonly text: string; readonly file: string }
  /** The way to ask each webhook, by its name; without one a webhook's answers stay unknown. */
  readonly askers?: ReadonlyMap<string, AskWebhook>
}

/** The authorizers of a chain whose configuration was read without errors, to be built by `createAuthorizer`. */
export function specsOfChain({ authorizers }: ChainConfig, parts: ChainParts = {}): AuthorizerSpec[] {
  return authorizers.map((authorizer): AuthorizerSpec => {
    if (authorizer.type === 'ABAC') return { type: 'ABAC', ...(parts.policy ?? { text: '', file: '' }) }
    if (authorizer.type !== 'Webhook') return authorizer.type
    const { name, webhook } = authorizer
    const ask = parts.askers?.get(name)
    return {
      type: 'Webhook',
      webhook: {
        name,
        failurePolicy: webhook.failurePolicy,
        conditions: webhook.matchConditions.map(conditionOf),
        ...(ask === undefined ? {} : { ask }),
      },
    }
  })
}

/** Compiled once more: the configuration keeps texts, and a text that does not compile was refused with it. */
function conditionOf({ expression }: ConditionConfig) {
  const compiled = compileCondition(expression)
  if (compiled.ok) return compiled.condition
  const error = compiled.issues.map(({ message }) => message).join('; ')
  return { expression, evaluate: () => ({ error }) }
}
