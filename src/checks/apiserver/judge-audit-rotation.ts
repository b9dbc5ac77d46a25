import type { FailOptions, ComponentSubject, Report } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'

/** A limit on the files of the audit log. */
export interface RotationRule {
  readonly flag: string
  /** Smaller values lose records too soon. */
  readonly least: number
  readonly unit: string
  /** What 0 means. */
  readonly zero: string
}

/** Asks a limit of the audit log; not applicable while no such file is written. */
export function judgeAuditRotation(apiserver: ComponentSubject, report: Report, rule: RotationRule): void {
  const backends = apiserver.strings('audit-backends')
  const path = apiserver.string('audit-log-path')
  if (!backends.known) return report.unknown(backends)
  if (!path.known) return report.unknown(path)
  if (!backends.value.includes('log') || path.value === '-') {
    return report.notApplicable('the audit log is not written to a file')
  }
  judgeFlag(apiserver, report, rule.flag, apiserver.number(rule.flag), (value): FailOptions | undefined => {
    if (value >= rule.least) return undefined
    const message = value === 0 ? rule.zero : `${value} ${rule.unit} is less than ${rule.least}`
    return { message, fix: apiserver.change(rule.flag, rule.least) }
  })
}
