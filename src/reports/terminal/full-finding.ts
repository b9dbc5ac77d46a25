import type { Evidence, Finding, Fix } from '../../model/index.js'
import { editLines } from '../edit-lines.js'
import { evidencePlace, fixKind, REACH_WORDS, RISK_WORDS, targetText } from '../words.js'
import { visible, visibleLine, visibleLines } from '../../text/index.js'
import { nextCommand } from './next-command.js'
import type { Palette } from './palette.js'
import { wrap } from './wrap.js'

const INDENT = '    '
const DEEPER = '        '

export interface FullOptions {
  readonly width: number
  readonly command: string
  readonly palette: Palette
}

/** Everything known of one finding: reasons, all evidence with its lines, the whole fix, references. */
export function fullFinding(finding: Finding, position: number, options: FullOptions): string[] {
  const { width, palette } = options
  const number = `${String(position).padStart(2)}  `
  const label = finding.severity.toUpperCase()
  const paint = palette.severity[finding.severity]
  const prose = (name: string, text: string): string[] =>
    visibleLines(text).flatMap((line, index) =>
      wrap(line, width, index === 0 ? `${INDENT}${name}: ` : INDENT),
    )
  return [
    `${number}${paint(label)}  ${palette.strong(visible(finding.check))}`,
    ...wrap(visible(finding.title), width, INDENT).map(palette.strong),
    ...prose('Target', targetText(finding.target)),
    ...prose('Found', finding.message),
    ...prose('Open to', REACH_WORDS[finding.reach]),
    ...prose('Severity', severityText(finding)),
    ...prose('Why', finding.why),
    ...finding.evidence.flatMap((evidence) => evidenceBlock(evidence, options)),
    ...(finding.fix === undefined ? [] : fixBlock(finding.fix, options)),
    ...finding.references.flatMap((reference) => [`${INDENT}See: ${visible(reference)}`]),
    `${INDENT}Fingerprint: ${visible(finding.fingerprint)}`,
    `${INDENT}${palette.command(`$ rampart checks show ${visible(finding.check)}`)}`,
  ]
}

function severityText({ because, severity, ownSeverity }: Finding): string {
  return ownSeverity === undefined
    ? because
    : `${severity}, set by the configuration (its own: ${ownSeverity}); ${because}`
}

/** An open question: what is missing, where it was looked for, and the page of its check. */
export function openQuestion(finding: Finding, options: FullOptions): string[] {
  const { width, palette, command } = options
  return [
    ...wrap(`${visible(finding.check)}: ${visible(targetText(finding.target))}`, width, '  ').map(
      palette.strong,
    ),
    ...wrap(visible(finding.message), width, INDENT),
    ...finding.evidence.map((evidence) => `${INDENT}At: ${visible(evidencePlace(evidence))}`),
    `${INDENT}${palette.command(`$ ${nextCommand(finding, command)}`)}`,
  ]
}

function evidenceBlock(evidence: Evidence, { width, palette }: FullOptions): string[] {
  const head = `${INDENT}At: ${visible(evidencePlace(evidence))}`
  const path = evidence.file !== undefined && evidence.path !== undefined && evidence.path !== ''
  return [
    head,
    ...(path ? [`${DEEPER}${visible(evidence.path ?? '')}`] : []),
    ...wrap(visible(evidence.message), width, DEEPER),
    ...snippetLines(evidence, palette),
  ]
}

/** Numbered source lines; the one that counts is marked. Whole lines: cutting them would hide evidence. */
function snippetLines(evidence: Evidence, palette: Palette): string[] {
  const snippet = evidence.snippet
  if (snippet === undefined) return []
  const digits = String(snippet.startLine + snippet.lines.length).length
  return snippet.lines.map((line, index) => {
    const number = snippet.startLine + index
    const focus = number === snippet.focusLine
    const text =
      `${DEEPER}${focus ? '>' : ' '} ${String(number).padStart(digits)} | ${visibleLine(line)}`.trimEnd()
    return focus ? palette.warning(text) : palette.faint(text)
  })
}

function fixBlock(fix: Fix, { width, palette }: FullOptions): string[] {
  const kind = fixKind(fix)
  const lines = visibleLines(fix.text).flatMap((line, index) =>
    wrap(line, width, index === 0 ? `${INDENT}Fix: ` : DEEPER),
  )
  for (const line of editLines(fix.edits)) {
    const text = `${DEEPER}${visibleLine(line)}`
    lines.push(
      line.startsWith('+') ? palette.added(text) : line.startsWith('-') ? palette.removed(text) : text,
    )
  }
  for (const command of fix.commands) lines.push(`${DEEPER}${palette.command(`$ ${visible(command)}`)}`)
  for (const need of fix.needs) {
    const state = need.met === true ? 'holds' : need.met === false ? 'does not hold' : 'not known'
    lines.push(...wrap(`Needs (${state}): ${visible(need.text)}`, width, DEEPER))
  }
  lines.push(
    ...wrap(`Risk: ${RISK_WORDS[fix.risk]}${kind === 'advice' ? '; advice only' : ''}`, width, DEEPER),
  )
  if (fix.breaks !== undefined) lines.push(...wrap(`May break: ${visible(fix.breaks)}`, width, DEEPER))
  if (fix.restart !== undefined) lines.push(...wrap(`Restart: ${visible(fix.restart)}`, width, DEEPER))
  if (fix.verify !== undefined) lines.push(`${DEEPER}Verify: ${palette.command(`$ ${visible(fix.verify)}`)}`)
  return lines
}
