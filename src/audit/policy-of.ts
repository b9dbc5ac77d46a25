import type { AuditPolicy } from '../model/index.js'
import type { ExceptionBook } from './exception-book.js'
import type { AuditOptions, SeverityRule } from './run.js'

/** What reports tell of the user's rules; undefined where there are none. */
export function policyOf(
  { checks, rules = {} }: AuditOptions,
  exceptions: ExceptionBook,
): AuditPolicy | undefined {
  const { severities = new Map<string, SeverityRule>(), told } = rules
  const uses = exceptions.uses(checks)
  if (uses.length === 0 && severities.size === 0 && told === undefined) return undefined
  return {
    files: told?.files ?? [],
    exceptions: uses,
    severities: [...severities].flatMap(([id, { severity, place, audited }]) => {
      const own = checks.find((check) => check.id === id)?.severity
      return own === undefined ? [] : [{ check: id, own, severity, place, audited }]
    }),
    leftOut: told?.leftOut ?? [],
    namespaces: told?.namespaces ?? [],
    said: told?.said ?? [],
    userChecks: told?.userChecks ?? [],
  }
}
