import type { AuditResult } from '../../model/index.js'
import { groupBy } from '../group-by.js'
import { htmlProse, htmlText } from '../html-text.js'
import { policyNotes } from '../policy-notes.js'
import { probeName, STATE_WORDS, tlsSentences } from '../probe-words.js'
import { filePlaceText, NEEDED_WORDS, plural, REASON_WORDS } from '../words.js'

const ROWS = 500

/** The parts below the list of findings: open questions, what was read, problems, checks that ran. */
export function sections(result: AuditResult): string {
  return [
    probes(result),
    policy(result),
    openQuestions(result),
    sources(result),
    problems(result),
    notApplicable(result),
    coverage(result),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function policy(result: AuditResult): string {
  return policyNotes(result)
    .map(({ title, notes }) => {
      const items = notes.slice(0, ROWS).map((note) => `<li>${htmlProse(note)}</li>`)
      const rest = notes.length > ROWS ? `<p class="nothing">and ${notes.length - ROWS} more</p>` : ''
      return `<section><h2>${htmlText(title)}</h2><div class="card notes"><ul>${items.join('')}</ul>${rest}</div></section>`
    })
    .join('\n')
}

function probes({ probes: list = [] }: AuditResult): string {
  return list
    .slice(0, ROWS)
    .map((probe) => {
      const rows = probe.attempts.map(({ ask, answer, state, meaning }) => [
        `<code>${htmlText(ask)}</code>`,
        `<code>${htmlText(answer)}</code>`,
        STATE_WORDS[state],
        htmlText(meaning),
      ])
      const tls = probe.tls === undefined ? [] : tlsSentences(probe.tls)
      const about = [probe.verdict, ...tls].map((text) => `<p>${htmlText(text)}</p>`).join('')
      const heading = `${htmlText(probeName(probe))}: ${STATE_WORDS[probe.state]}`
      const answers = table(['Asked', 'Answer', 'State', 'Meaning'], rows)
      return `<section><h2>${heading}</h2>${about}<div class="card table">${answers}</div></section>`
    })
    .join('\n')
}

function openQuestions({ unknowns }: AuditResult): string {
  if (unknowns.length === 0) return ''
  const rows = [...groupBy(unknowns, (finding) => finding.reason ?? 'no-source')].map(([reason, group]) => {
    const checks = [...new Set(group.map(({ check }) => check))]
    const names = checks.slice(0, 12).map((check) => `<code>${htmlText(check)}</code>`)
    const rest = checks.length > 12 ? ` and ${checks.length - 12} more` : ''
    return [String(group.length), REASON_WORDS[reason], names.join(' ') + rest, NEEDED_WORDS[reason]]
  })
  return section(
    `Could not be known (${unknowns.length})`,
    table(['number:Questions', 'Because', 'Checks', 'What would answer them'], rows),
  )
}

function sources(result: AuditResult): string {
  if (result.sources.length === 0) return section('What was read', '<p class="nothing">Nothing.</p>')
  const rows = result.sources
    .slice(0, ROWS)
    .map(({ kind, name, objects, files, complete }) => [
      htmlText(name),
      kind,
      String(objects),
      String(files),
      complete ? 'whole cluster' : 'part',
    ])
  return section('What was read', table(['Source', 'Kind', 'number:Objects', 'number:Files', 'Covers'], rows))
}

function problems({ problems: list }: AuditResult): string {
  if (list.length === 0) return ''
  const rows = list
    .slice(0, ROWS)
    .map(({ level, place, message }) => [
      `<span class="level ${level}">${level}</span>`,
      `<span class="place">${htmlText(filePlaceText(place))}</span>`,
      htmlProse(message),
    ])
  const rest = list.length > ROWS ? `<p class="nothing">and ${list.length - ROWS} more</p>` : ''
  return section(`Problems of reading (${list.length})`, table(['Level', 'Place', 'Problem'], rows) + rest)
}

function notApplicable({ notApplicable: list }: AuditResult): string {
  if (list.length === 0) return ''
  const rows = [...groupBy(list, ({ message }) => message)]
    .slice(0, ROWS)
    .map(([message, group]) => [String(group.length), htmlProse(message)])
  return section(`Not applicable (${list.length})`, table(['number:Answers', 'Because'], rows))
}

function coverage({ coverage: list }: AuditResult): string {
  if (list.length === 0) return ''
  const rows = list.map(({ check, title, pass, fail, unknown, notApplicable: beside, accepted }) => [
    `<code>${htmlText(check)}</code>`,
    htmlText(title),
    ...[pass, fail, unknown, beside, accepted].map(String),
  ])
  const head = [
    'Check',
    'What it finds',
    'number:Passed',
    'number:Failed',
    'number:Unknown',
    'number:N/A',
    'number:Accepted',
  ]
  return `<details class="fold card coverage"><summary>${plural(list.length, 'check')} ran</summary>${table(head, rows)}</details>`
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2><div class="card table">${content}</div></section>`
}

/** Cells are HTML. `number:` before a heading sets its column to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = new Set(head.flatMap((name, index) => (name.startsWith('number:') ? [index] : [])))
  const cells = (values: readonly string[], tag: string): string =>
    values
      .map(
        (value, index) =>
          `<${tag}${right.has(index) ? ' class="number"' : ''}${tag === 'th' ? ' scope="col"' : ''}>${value}</${tag}>`,
      )
      .join('')
  const titles = head.map((name) => name.replace(/^number:/, ''))
  return `<table><thead><tr>${cells(titles, 'th')}</tr></thead><tbody>${rows.map((values) => `<tr>${cells(values, 'td')}</tr>`).join('\n')}</tbody></table>`
}
