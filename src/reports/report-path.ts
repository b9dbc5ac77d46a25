import type { AuditResult, Evidence, Finding } from '../model/index.js'

/** A file and line as services of a repository show them: relative, forward slashes, lines from 1. */
export interface ReportPlace {
  readonly path: string
  readonly line: number
}

/** Services refuse a place without a path. */
const UNNAMED = 'rampart'

/**
 * Where a service that knows files alone shall show a finding: at its first evidence with a file; a file of a host below
 * the host's name; and what no file shows at the source that was read.
 */
export function reportPlace(finding: Finding, result: AuditResult): ReportPlace {
  const shown = finding.evidence.find((evidence) => evidence.file !== undefined)
  if (shown?.file !== undefined)
    return { path: pathOf(shown, shown.file) || UNNAMED, line: Math.max(shown.line ?? 1, 1) }
  const source = result.sources.find(({ kind }) => kind !== 'host') ?? result.sources[0]
  return { path: relative(source?.name ?? '') || UNNAMED, line: 1 }
}

function pathOf({ host }: Evidence, file: string): string {
  if (file === '-') return 'stdin'
  return host === undefined ? relative(file) : `${host}/${file.replace(/^\/+/, '')}`
}

function relative(file: string): string {
  return file.replace(/^(?:\.\/+)+/, '')
}
