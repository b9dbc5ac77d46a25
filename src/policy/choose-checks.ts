import { matchesGlob } from '../text/index.js'
import type { Configuration } from './configuration.js'

/** What is known of a check here. */
export interface Choosable {
  readonly id: string
  readonly aliases?: readonly string[]
}

/**
 * The checks to ask when none is named: `byDefault`, with those of `all` that are switched on, and without what the
 * configuration leaves out. `leftOut` are the ids of the latter.
 */
export function chooseChecks<T extends Choosable>(
  all: readonly T[],
  byDefault: readonly T[],
  checks: Configuration['checks'] | undefined,
): { readonly chosen: readonly T[]; readonly leftOut: readonly string[] } {
  if (checks === undefined) return { chosen: byDefault, leftOut: [] }
  const { include, exclude, enable } = checks
  const usual = new Set(byDefault)
  const candidates = all.filter((check) => usual.has(check) || isLike(check, enable))
  const chosen = candidates.filter(
    (check) => (include === undefined || isLike(check, include)) && !isLike(check, exclude),
  )
  const asked = new Set(chosen)
  return {
    chosen,
    leftOut: byDefault
      .filter((check) => !asked.has(check))
      .map(({ id }) => id)
      .sort(),
  }
}

/** Whether the id or an old id of a check is like one of some patterns. */
function isLike({ id, aliases = [] }: Choosable, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => [id, ...aliases].some((name) => matchesGlob(pattern, name)))
}

/** Every name of the checks: ids and old ids. */
export function namesOf(checks: readonly Choosable[]): Map<string, string> {
  return new Map(
    checks.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((name) => [name, id] as const)),
  )
}
