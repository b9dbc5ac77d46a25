import { describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/index.js'
import type { AnyCheck, Example } from '../../src/checks/index.js'
import type { Finding, Severity } from '../../src/model/index.js'
import { applyToInput, modesApplied, setsModesAlone } from './apply-to-input.js'
import { estateFrom } from '../../src/sources/inline.js'

/** What a row expects of one result; only the named parts are compared. */
export interface ExpectedFinding {
  readonly result: 'fail' | 'unknown' | 'notApplicable'
  readonly severity?: Severity
  readonly message?: RegExp | string
  /** Key of one of the evidences. */
  readonly path?: string
  readonly file?: string
  readonly line?: number
  readonly fix?: 'patch' | 'commands' | 'advice'
  readonly reason?: Finding['reason']
}

/** When examples and tables are judged: 2026-11-01T00:00:00Z. */
export const NOW = 1_793_491_200

export interface CheckRow {
  readonly name: string
  readonly kind: 'failing' | 'passing' | 'odd' | 'unknown'
  readonly given: Example
  /** All results that are not a pass, in any order. */
  readonly expect: readonly ExpectedFinding[]
}

/** Runs one check on an estate written in place and returns every result that is not a pass. */
export async function runCheck(check: AnyCheck, given: Example): Promise<Finding[]> {
  const { settings = {} } = given
  const options = { version: 'test', checks: [check], settings, now: NOW }
  const result = runAudit(await estateFrom(given), options)
  return [...result.findings, ...result.unknowns, ...result.notApplicable]
}

/** The table of one check, with what the author did not have to ask for: examples, masks, order of inputs. */
export function checkTests(check: AnyCheck, rows: readonly CheckRow[]): void {
  describe(check.id, () => {
    it.each(rows.map((row) => [`${row.kind}: ${row.name}`, row] as const))('%s', async (_name, row) => {
      const findings = await runCheck(check, row.given)
      expect(findings.map(describeFinding)).toHaveLength(row.expect.length)
      for (const expected of row.expect) {
        const matching = findings.filter((finding) => matches(finding, expected))
        if (matching.length === 0) expect(findings.map(describeFinding)).toContainEqual(expected)
      }
    })

    it('has a row of every kind', () => {
      expect(new Set(rows.map((row) => row.kind))).toEqual(new Set(['failing', 'passing', 'odd', 'unknown']))
    })

    it('fails on its bad example and not on its good one', async () => {
      const bad = await runCheck(check, check.examples.bad)
      const good = await runCheck(check, check.examples.good)
      expect(bad.filter((finding) => finding.result === 'fail')).not.toHaveLength(0)
      expect(good).toEqual([])
    })

    it('is silent once its fix was made', async () => {
      for (const row of rows) {
        for (const finding of await runCheck(check, row.given)) {
          const edits = finding.fix?.edits ?? []
          if (finding.result !== 'fail' || edits.length === 0) continue
          const after = await runCheck(check, { ...row.given, ...applyToInput(row.given, edits) })
          const left = after.filter((each) => each.fingerprint === finding.fingerprint)
          expect({ row: row.name, left: left.map(describeFinding) }).toEqual({ row: row.name, left: [] })
        }
      }
    })

    it('is silent once its modes and owners were set', async () => {
      for (const row of rows) {
        for (const finding of await runCheck(check, row.given)) {
          const { target, fix } = finding
          const host = 'host' in target ? target.host : ''
          if (finding.result !== 'fail' || fix === undefined || !setsModesAlone(fix.commands)) continue
          if (row.given.hosts?.[host] === undefined) continue
          const after = await runCheck(check, modesApplied(row.given, host, fix.commands))
          const left = after.filter((each) => each.fingerprint === finding.fingerprint)
          expect({ row: row.name, left: left.map(describeFinding) }).toEqual({ row: row.name, left: [] })
        }
      }
    })

    it('gives the same result for manifests in another order', async () => {
      for (const row of rows) {
        if (row.given.manifests === undefined) continue
        const documents = row.given.manifests.split(/^---$/m)
        const turned = { ...row.given, manifests: documents.reverse().join('\n---\n') }
        const fingerprints = (findings: Finding[]): string[] =>
          findings.map((each) => each.fingerprint).sort()
        expect(fingerprints(await runCheck(check, turned))).toEqual(
          fingerprints(await runCheck(check, row.given)),
        )
      }
    })
  })
}

function matches(finding: Finding, expected: ExpectedFinding): boolean {
  const { fix, message, path, file, line, ...plain } = expected
  return (
    Object.entries(plain).every(([key, value]) => finding[key as keyof Finding] === value) &&
    (message === undefined ||
      (typeof message === 'string' ? finding.message === message : message.test(finding.message))) &&
    (fix === undefined || fixKind(finding) === fix) &&
    ((path === undefined && file === undefined && line === undefined) ||
      finding.evidence.some(
        (item) =>
          (path === undefined || item.key === path) &&
          (file === undefined || item.file === file) &&
          (line === undefined || item.line === line),
      ))
  )
}

function fixKind(finding: Finding): ExpectedFinding['fix'] {
  if (finding.fix === undefined) return undefined
  if (finding.fix.edits.length > 0) return 'patch'
  return finding.fix.commands.length > 0 ? 'commands' : 'advice'
}

/** A finding in the words of an expectation, for readable failures. */
function describeFinding(finding: Finding): object {
  const { result, severity, message, reason } = finding
  const evidence = finding.evidence.map((item) => ({ path: item.key, file: item.file, line: item.line }))
  return { result, severity, message, reason, fix: fixKind(finding), evidence }
}
