import type { AuditResult } from '../model/index.js'
import { plural, severityText } from './words.js'

/** The one sentence to read: what was found, or why finding nothing means little. */
export function verdict(result: AuditResult): string {
  const open = result.unknowns.length
  const questions = open === 0 ? '' : ` ${plural(open, 'question')} could not be answered.`
  if (result.findings.length > 0) return `Found: ${severityText(result.counts)}.${questions}`
  const passed = result.coverage.reduce((sum, check) => sum + check.pass, 0)
  const accepted = result.counts.accepted
  if (accepted > 0) return `Nothing found but what is accepted: ${plural(accepted, 'failure')}.${questions}`
  if (result.baseline !== undefined && result.baseline.known > 0)
    return `Nothing new found: ${result.baseline.known} known.${questions}`
  if (passed === 0) return `Nothing was found because nothing could be judged.${questions}`
  return `Nothing found: ${plural(passed, 'answer')} passed on evidence.${questions}`
}
