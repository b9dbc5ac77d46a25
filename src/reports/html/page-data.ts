import type { AuditResult, Evidence, Finding, Fix } from '../../model/index.js'
import { areaOf } from '../area.js'
import { acceptanceText } from '../policy-notes.js'
import { editLines } from '../edit-lines.js'
import { visible, visibleLine } from '../../text/index.js'
import {
  evidencePlace,
  fixKind,
  placeOf,
  REACH_WORDS,
  REASON_WORDS,
  RISK_WORDS,
  shortTarget,
  targetText,
} from '../words.js'

/** What the page's script reads. Texts that repeat (titles, reasons, fixes) stand once, in `texts`, by index. */
export interface PageData {
  readonly texts: readonly string[]
  readonly findings: readonly object[]
}

/** Findings, open questions, what was accepted and what does not apply, in this order, ready to be shown: every text is made visible. */
export function pageData(result: AuditResult): PageData {
  const pool = new TextPool()
  const findings = [...result.findings, ...result.unknowns, ...result.accepted, ...result.notApplicable].map(
    (finding) => findingData(finding, pool),
  )
  return { texts: pool.texts, findings }
}

function findingData(finding: Finding, pool: TextPool): object {
  return {
    result: finding.result,
    severity: finding.severity,
    own: finding.ownSeverity,
    check: visible(finding.check),
    title: pool.index(finding.title),
    target: visible(targetText(finding.target)),
    short: visible(shortTarget(finding.target)),
    place: visible(placeOf(finding.target)),
    area: areaOf(finding.target),
    message: visible(finding.message),
    reach: pool.index(REACH_WORDS[finding.reach]),
    reason: finding.reason && pool.index(REASON_WORDS[finding.reason]),
    accepted: finding.accepted && visible(acceptanceText(finding.accepted)),
    because: pool.index(finding.because),
    why: pool.index(finding.why),
    evidence: finding.evidence.map((evidence) => evidenceData(evidence, pool)),
    fix: finding.fix && fixData(finding.fix, pool),
    references: finding.references.map((reference) => pool.index(reference)),
    fingerprint: visible(finding.fingerprint),
  }
}

function evidenceData(evidence: Evidence, pool: TextPool): object {
  const { snippet } = evidence
  return {
    place: visible(evidencePlace(evidence)),
    path: evidence.file !== undefined && evidence.path ? visible(evidence.path) : undefined,
    message: pool.index(evidence.message),
    start: snippet?.startLine,
    focus: snippet?.focusLine,
    lines: snippet?.lines.map(visibleLine),
  }
}

function fixData(fix: Fix, pool: TextPool): object {
  return {
    kind: fixKind(fix),
    text: pool.lines(fix.text),
    changes: editLines(fix.edits).map(visibleLine),
    commands: fix.commands.map(visible),
    risk: pool.index(RISK_WORDS[fix.risk]),
    needs: fix.needs.map(({ text, met }) => ({ text: pool.index(text), met })),
    breaks: fix.breaks === undefined ? undefined : pool.index(fix.breaks),
    restart: fix.restart === undefined ? undefined : pool.index(fix.restart),
    verify: fix.verify === undefined ? undefined : visible(fix.verify),
  }
}

/** Numbers texts in the order in which they first occur. */
class TextPool {
  readonly texts: string[] = []
  readonly #numbers = new Map<string, number>()

  index(text: string): number {
    const shown = visible(text)
    const known = this.#numbers.get(shown)
    if (known !== undefined) return known
    this.#numbers.set(shown, this.texts.length)
    return this.texts.push(shown) - 1
  }

  lines(text: string): number[] {
    return text.split(/\r\n|\n/).map((line) => this.index(line))
  }
}
