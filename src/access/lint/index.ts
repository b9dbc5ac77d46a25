export { lintRbac } from './lint-rbac.js'
export type { LintIssue, LintLevel, LintRule } from './issue.js'
