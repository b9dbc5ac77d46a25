import type { Finding } from '../../model/index.js'
import { evidencePlace, fixKind, focusText, REACH_WORDS, RISK_WORDS, targetText } from '../words.js'
import { visible, visibleLine, visibleLines } from '../../text/index.js'
import { nextCommand } from './next-command.js'
import type { Palette } from './palette.js'
import { clip, textWidth } from './text-width.js'
import { wrap } from './wrap.js'

const INDENT = '    '

/** One of the worst findings in about five lines: what, where, the line that shows it, the fix, the next command. */
export function shortFinding(
  finding: Finding,
  position: number,
  options: { readonly width: number; readonly command: string; readonly palette: Palette },
): string[] {
  const { width, command, palette } = options
  const number = `${String(position).padStart(2)}  `
  const label = finding.severity.toUpperCase().padEnd(8)
  const indent = ' '.repeat(number.length + 10)
  const [first = '', ...rest] = wrap(visible(targetText(finding.target)), width - indent.length)
  const reach = `open to ${REACH_WORDS[finding.reach]}`
  const beside = rest.length === 0 && textWidth(`${indent}${first}, ${reach}`) <= width
  return [
    `${number}${palette.severity[finding.severity](label)}  ${palette.strong(first)}${beside ? palette.faint(`, ${reach}`) : ''}`,
    ...rest.map((line) => `${indent}${palette.strong(line)}`),
    ...(beside ? [] : wrap(reach, width, indent).map(palette.faint)),
    ...wrap(visible(finding.message), width, INDENT),
    ...evidenceLines(finding, width, palette),
    ...fixLine(finding, width),
    `${INDENT}${palette.command(`$ ${nextCommand(finding, command)}`)}`,
  ]
}

/** Place and line of the source: on one line where both fit. A path is never cut; a long source line is, with `…`. */
function evidenceLines(finding: Finding, width: number, palette: Palette): string[] {
  const evidence = finding.evidence[0]
  if (evidence === undefined) return []
  const more = finding.evidence.length > 1 ? ` (+${finding.evidence.length - 1} more)` : ''
  const place = `${INDENT}At: ${visible(evidencePlace(evidence))}${more}`
  const source = focusText(evidence)
  if (source === undefined) return [place]
  const text = visibleLine(source).trim()
  const room = width - textWidth(place) - 3
  if (textWidth(text) <= room) return [`${place} ${palette.faint('|')} ${palette.warning(text)}`]
  return [place, `${INDENT}${palette.faint('|')} ${palette.warning(clip(text, width - INDENT.length - 2))}`]
}

function fixLine(finding: Finding, width: number): string[] {
  const fix = finding.fix
  if (fix === undefined) return []
  const text = visibleLines(fix.text)[0] ?? ''
  const note = fixKind(fix) === 'patch' && fix.risk !== 'none' ? ` (${RISK_WORDS[fix.risk]})` : ''
  return [`${INDENT}${clip(`Fix: ${text}`, width - INDENT.length - note.length)}${note}`]
}
