import type { Estate } from '../model/index.js'
import type { AnyCheck, AuditSettings } from './define-check.js'

/** The checks of a list that an audit asks when none is named; some only of an estate of manifests alone. */
export function checksByDefault(
  checks: readonly AnyCheck[],
  settings: AuditSettings = {},
  sources: Estate['sources'] = [],
): readonly AnyCheck[] {
  const manifestsAlone = sources.length > 0 && sources.every(({ kind }) => kind === 'manifests')
  return checks.filter(
    ({ byDefault, needs }) =>
      byDefault === undefined ||
      (byDefault === 'manifests' && manifestsAlone) ||
      (needs !== undefined && settings[needs] !== undefined),
  )
}
