import type { AnyCheck, AuditSettings } from './define-check.js'

/** The checks of a list that an audit asks when none is named. */
export function checksByDefault(
  checks: readonly AnyCheck[],
  settings: AuditSettings = {},
): readonly AnyCheck[] {
  return checks.filter(
    ({ byDefault, needs }) => byDefault !== false || (needs !== undefined && settings[needs] !== undefined),
  )
}
