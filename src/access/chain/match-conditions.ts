import type { Attributes } from '../attributes.js'

/** Whether a webhook is asked: `skip` names the condition that is false, `error` those that could not be evaluated. */
export type MatchResult =
  | { readonly kind: 'match' }
  | { readonly kind: 'skip'; readonly condition: string }
  | { readonly kind: 'error'; readonly errors: readonly string[] }

/** One condition: true, false, or why it could not be evaluated. */
export interface MatchCondition {
  readonly expression: string
  readonly evaluate: (attributes: Attributes) => boolean | { readonly error: string }
}

/**
 * Evaluates conditions in order. The first false one ends the question whatever failed before it; without one, any
 * failure is an error.
 * Source: kubernetes v1.36.2 apiserver pkg/authorization/cel/matcher.go, CELMatcher.Eval.
 */
export function evaluateConditions(
  conditions: readonly MatchCondition[],
  attributes: Attributes,
): MatchResult {
  const errors: string[] = []
  for (const { expression, evaluate } of conditions) {
    const result = evaluate(attributes)
    if (result === false) return { kind: 'skip', condition: expression }
    if (result !== true) errors.push(result.error)
  }
  return errors.length === 0 ? { kind: 'match' } : { kind: 'error', errors }
}
