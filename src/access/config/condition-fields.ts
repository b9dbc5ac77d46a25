import { asList, asString, field, type JsonPath, type JsonValue } from '../../model/index.js'
import { quoted, type FieldReport } from './field-report.js'

/** Why an expression is none that the API server takes. `offset` counts UTF-16 units of the expression. */
export interface ConditionError {
  readonly message: string
  readonly offset?: number
}

/** Compiles a condition over the request; undefined when it is fine. */
export type CompileCondition = (expression: string) => ConditionError | undefined

/** Source: kubernetes v1.36.2 apiserver pkg/apis/apiserver/validation/validation.go, compileMatchConditions. */
const MOST_CONDITIONS = 64

/**
 * Reports every condition of a webhook that the API server refuses: too many, blank ones, the same one twice, and those
 * that do not compile to a truth value. Source: the same file, compileMatchConditions.
 */
export function validateConditions(
  webhook: JsonValue,
  webhookPath: JsonPath,
  report: FieldReport,
  compile: CompileCondition,
  placeInside: (path: JsonPath, expression: string, offset: number) => ReturnType<FieldReport['place']>,
): void {
  const conditions = asList(field(webhook, 'matchConditions'))
  if (conditions.length > MOST_CONDITIONS) {
    const message = `there may be at most ${MOST_CONDITIONS} conditions, not ${conditions.length}`
    report.add([...webhookPath, 'matchConditions'], message)
    return
  }
  const seen = new Set<string>()
  for (const [index, condition] of conditions.entries()) {
    const path = [...webhookPath, 'matchConditions', index, 'expression']
    const expression = asString(field(condition, 'expression')) ?? ''
    if (/^\p{White_Space}*$/u.test(expression)) report.add(path, 'it is missing')
    else if (seen.has(expression)) report.add(path, `the condition ${quoted(expression)} stands here twice`)
    else {
      seen.add(expression)
      const error = compile(expression)
      if (error === undefined) continue
      const { message, offset } = error
      report.add(path, message, offset === undefined ? undefined : placeInside(path, expression, offset))
    }
  }
}
