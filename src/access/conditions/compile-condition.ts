import { compileCel, formatType, PER_CALL_LIMIT, type PlacedIssue } from '../../cel/index.js'
import type { Attributes } from '../attributes.js'
import type { MatchCondition } from '../chain/index.js'
import { requestEnvironment } from './request-type.js'
import { requestValue } from './request-value.js'

/** A compiled condition, or its faults with line and column in the expression. */
export type CompiledCondition =
  | { readonly ok: true; readonly condition: MatchCondition }
  | { readonly ok: false; readonly issues: readonly PlacedIssue[] }

/**
 * Compiles a condition about a request; it must be a bool.
 * Source: kubernetes v1.36.2 apiserver pkg/authorization/cel/compile.go, CompileCELExpression, and matcher.go.
 */
export function compileCondition(expression: string): CompiledCondition {
  const compiled = compileCel(expression, requestEnvironment())
  if (!compiled.ok) return compiled
  const { program } = compiled
  if (program.type.kind !== 'bool') {
    const message = `must evaluate to bool but got ${formatType(program.type)}`
    return { ok: false, issues: [{ message, offset: 0, line: 1, column: 1 }] }
  }
  return {
    ok: true,
    condition: {
      expression,
      evaluate: (attributes: Attributes) => {
        const outcome = program.evaluate({ request: requestValue(attributes) }, { costLimit: PER_CALL_LIMIT })
        if (outcome.ok && typeof outcome.value === 'boolean') return outcome.value
        const fault = outcome.ok ? 'the result is no bool' : outcome.error.message
        return { error: `cel evaluation error: expression '${expression}' resulted in error: ${fault}` }
      },
    },
  }
}
