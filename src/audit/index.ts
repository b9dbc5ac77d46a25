/**
 * The audit: asks the checks about an estate and ranks what they say.
 * Takes an estate and checks, gives an AuditResult. Reads no file itself; texts come from the estate.
 */
export { runAudit, type AuditOptions, type AuditRules, type SeverityRule } from './run.js'
export * from './baseline.js'
export { compareText, reaches } from '../model/index.js'
export { compareResults, type ResultDifference } from './compare-results.js'
