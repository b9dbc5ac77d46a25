import { CelSyntaxError, type CelIssue } from './ast.js'
import { check } from './checker.js'
import { EvaluationStopped, createMeter } from './cost.js'
import type { CelEnvironment } from './environment.js'
import { compileExpr } from './evaluator.js'
import { parse } from './parser.js'
import type { CelType } from './types.js'
import { CelError, type CelValue } from './values.js'

/** What an evaluation came to. `cost` is what it took, also where it failed. */
export type CelOutcome =
  | { readonly ok: true; readonly value: CelValue; readonly cost: number }
  | {
      readonly ok: false
      readonly error: { readonly message: string; readonly offset?: number }
      readonly cost: number
    }

/** A compiled expression. It never throws. */
export interface CelProgram {
  readonly type: CelType
  evaluate(
    bindings: Readonly<Record<string, CelValue>>,
    options?: { readonly costLimit?: number },
  ): CelOutcome
}

/** A fault of an expression with its line and column, both from 1; columns in UTF-16 units. */
export interface PlacedIssue extends CelIssue {
  readonly line: number
  readonly column: number
}

export type Compiled =
  | { readonly ok: true; readonly program: CelProgram }
  | { readonly ok: false; readonly issues: readonly PlacedIssue[] }

/** Parses and checks an expression. Never throws, whatever the text. */
export function compileCel(
  expression: string,
  environment: CelEnvironment,
  options: { readonly unchecked?: boolean } = {},
): Compiled {
  try {
    const expr = parse(expression, environment)
    if (options.unchecked === true)
      return { ok: true, program: programOf(compileExpr(expr, environment), { kind: 'dyn' }) }
    const { issues, notes } = check(expr, environment)
    if (issues.length > 0) return { ok: false, issues: issues.map((issue) => placed(issue, expression)) }
    return { ok: true, program: programOf(compileExpr(expr, environment, notes), notes.type) }
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error
    return {
      ok: false,
      issues: [placed({ message: `Syntax error: ${error.message}`, offset: error.offset }, expression)],
    }
  }
}

function programOf(evaluate: ReturnType<typeof compileExpr>, type: CelType): CelProgram {
  return {
    type,
    evaluate(bindings, { costLimit = Infinity } = {}) {
      const meter = createMeter(costLimit)
      try {
        const value = evaluate({ bindings: new Map(Object.entries(bindings)), slots: [], meter })
        if (!(value instanceof CelError)) return { ok: true, value, cost: meter.cost }
        const { message, offset } = value
        return {
          ok: false,
          error: offset === undefined ? { message } : { message, offset },
          cost: meter.cost,
        }
      } catch (error) {
        if (!(error instanceof EvaluationStopped)) throw error
        return { ok: false, error: { message: error.message }, cost: meter.cost }
      }
    },
  }
}

function placed(issue: CelIssue, text: string): PlacedIssue {
  const before = text.slice(0, issue.offset)
  const line = before.split('\n').length
  return { ...issue, line, column: before.length - before.lastIndexOf('\n') }
}
