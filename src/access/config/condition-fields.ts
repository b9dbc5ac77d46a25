import { asList, asString, field, type FilePlace, type JsonPath, type JsonValue } from '../../model/index.js'
import { compileCondition } from '../conditions/index.js'
import { quoted, type FieldReport } from './field-report.js'

/** Source: kubernetes v1.36.2 apiserver pkg/apis/apiserver/validation/validation.go, compileMatchConditions. */
const MOST_CONDITIONS = 64

/**
 * Reports every condition of a webhook that the API server refuses: too many, blank ones, the same one twice, and those
 * that do not compile to a truth value. `placeInside` finds the sign of an expression that an error is about.
 * Source: the same file, compileMatchConditions.
 */
export function validateConditions(
  webhook: JsonValue,
  webhookPath: JsonPath,
  report: FieldReport,
  placeInside: (path: JsonPath, expression: string, offset: number) => FilePlace,
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
      const compiled = compileCondition(expression)
      const issues = compiled.ok ? [] : compiled.issues
      for (const { message, offset } of issues) {
        report.add(path, message, placeInside(path, expression, offset))
      }
    }
  }
}
