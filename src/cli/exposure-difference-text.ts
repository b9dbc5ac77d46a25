import type { ResultDifference } from '../audit/index.js'
import { formatRef, type Finding, type Target } from '../model/index.js'

const PARTS = [
  ['gained', '+', 'Exposed now, and not before'],
  ['gone', '-', 'Exposed before, and no longer'],
  ['unsure', '?', 'Exposed before, and not known now'],
  ['lostSight', '?', 'Answered before, and not known now'],
] as const

/** The difference of two audits as text, or as a part of a page of Markdown. */
export async function exposureText(difference: ResultDifference, form: 'text' | 'markdown'): Promise<string> {
  const { visible } = await import('../reports/index.js')
  const lines: string[] = [form === 'text' ? 'Exposure' : '## Exposure', '']
  for (const [part, sign, title] of PARTS) {
    const findings = difference[part]
    if (findings.length === 0) continue
    lines.push(form === 'text' ? `${title} (${findings.length}):` : `### ${title} (${findings.length})`)
    if (form === 'markdown') lines.push('')
    for (const finding of findings) {
      lines.push(
        form === 'text'
          ? `  ${sign} ${visible(lineOf(finding, part))}`
          : `- ${code(visible(lineOf(finding, part)))}`,
      )
    }
    lines.push('')
  }
  if (lines.length === 2) lines.push(form === 'text' ? 'nothing changed' : 'Nothing changed.', '')
  return lines.join('\n')
}

/** The same as data: what identifies a finding, and what it says. */
export function exposureJson(difference: ResultDifference): Record<string, object[]> {
  const plain = ({ check, severity, title, target, message, fingerprint }: Finding): object => ({
    check,
    severity,
    title,
    target,
    message,
    fingerprint,
  })
  return Object.fromEntries(PARTS.map(([part]) => [part, difference[part].map(plain)]))
}

function lineOf({ check, severity, target, message }: Finding, part: (typeof PARTS)[number][0]): string {
  const level = part === 'lostSight' ? '' : `${severity}: `
  return `${level}${targetOf(target)}: ${message} [${check}]`
}

function targetOf(target: Target): string {
  switch (target.kind) {
    case 'object':
      return formatRef(target.object)
    case 'component':
      return `${target.component} on ${target.host}`
    case 'host':
      return `host ${target.host}`
    case 'estate':
      return 'the whole estate'
  }
}

/** Names come from files of anybody: nothing in them is markup. */
function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)))
  const edge = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${edge}${text}${edge}${fence}`
}
