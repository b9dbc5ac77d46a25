import type { JsonPath, KubeObject } from '../../model/index.js'

/**
 * - error: gives nothing, or the API server refuses it
 * - warning: works, and is probably not what was meant
 * - hint: cannot be known from what was read, or depends on how clients ask
 */
export type LintLevel = 'error' | 'warning' | 'hint'

export type LintRule =
  | 'malformed'
  | 'incomplete-rule'
  | 'unknown-group'
  | 'removed-api'
  | 'unknown-resource'
  | 'wrong-group'
  | 'unknown-subresource'
  | 'matches-nothing'
  | 'unknown-verb'
  | 'verb-not-supported'
  | 'names-never-match'
  | 'names-need-selector'
  | 'cluster-scoped'
  | 'url-in-role'
  | 'url-form'
  | 'wildcard'
  | 'duplicate'
  | 'covered'
  | 'overwritten'
  | 'unbound-role'
  | 'dangling-role'

/** One fault of a role or binding, with the place of what is wrong. */
export interface LintIssue {
  readonly rule: LintRule
  readonly level: LintLevel
  readonly object: KubeObject
  readonly path: JsonPath
  /** One line: what is wrong and why; without a full stop. */
  readonly message: string
  /** What may be meant instead, nearest first. */
  readonly candidates: readonly string[]
}

/** An issue of one rule, whose object the caller knows. */
export type RuleIssue = Omit<LintIssue, 'object'>

/** An issue without candidates. */
export function issue(
  rule: LintRule,
  level: LintLevel,
  path: JsonPath,
  message: string,
  candidates: readonly string[] = [],
): RuleIssue {
  return { rule, level, path, message, candidates }
}

/** How a group is written in a sentence. */
export function groupInWords(group: string): string {
  return group === '' ? 'the core group ("")' : `group \`${group}\``
}
