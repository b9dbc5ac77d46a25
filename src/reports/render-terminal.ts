import { countsLine, type AuditResult, type Finding } from '../model/index.js'
import { groupBy } from './group-by.js'
import {
  evidencePlace,
  filePlaceText,
  NEEDED_WORDS,
  plural,
  REASON_WORDS,
  sourceText,
  targetText,
} from './words.js'
import { verdict } from './verdict.js'
import { visible } from '../text/index.js'
import { policyNotes } from './policy-notes.js'
import { fullFinding, openQuestion, type FullOptions } from './terminal/full-finding.js'
import { paletteFor, type Palette } from './terminal/palette.js'
import { probeLines } from './terminal/probe-lines.js'
import { shortFinding } from './terminal/short-finding.js'
import { clip } from './terminal/text-width.js'
import { wrap } from './terminal/wrap.js'

/** `command` is the audit as typed, without `--all`; further options are appended to it in the commands shown. */
export interface TerminalOptions {
  readonly color: boolean
  /** Columns; at least 40 are used. */
  readonly width: number
  readonly all: boolean
  readonly command: string
}

const WORST = 10
const SOURCES = 6
const PROBLEMS = 5
const NOTES = 8

/** The report for a terminal: a screen with the worst ten, or everything with `all`. Ends in the counts line. */
export function renderTerminal(result: AuditResult, options: TerminalOptions): string {
  const width = Math.max(options.width, 40)
  const palette = paletteFor(options.color)
  const full: FullOptions = { width, command: options.command, palette }
  const lines = [
    ...headline(result, width, palette),
    ...readLines(result, width, options.all),
    ...probeLines(result.probes ?? [], width, palette),
    ...policyLines(result, options.all, full),
    ...findingLines(result, options.all, full),
    ...unknownLines(result, options.all, full),
    ...notApplicableLines(result, width, options.all),
    ...problemLines(result, width, palette, options.all),
    ...moreLine(result, options, palette),
  ]
  if (lines.at(-1) !== '') lines.push('')
  return `${lines.join('\n')}\n${countsLine(result.counts)}\n`
}

function headline(result: AuditResult, width: number, palette: Palette): string[] {
  const name = palette.strong(`Rampart ${visible(result.rampart.version)}`)
  return [name, ...wrap(verdict(result), width, '').map(palette.strong), '']
}

function readLines(result: AuditResult, width: number, all: boolean): string[] {
  const shown = all ? result.sources : result.sources.slice(0, SOURCES)
  const lines = shown.flatMap((source, index) =>
    wrap(visible(sourceText(source)), width, index === 0 ? 'Read    ' : '        '),
  )
  if (result.sources.length === 0) lines.push('Read    nothing')
  if (shown.length < result.sources.length)
    lines.push(`        and ${result.sources.length - shown.length} more (--all)`)
  return [...lines, ...wrap(judged(result), width, 'Judged  '), '']
}

function judged(result: AuditResult): string {
  const sum = (of: 'pass' | 'fail' | 'unknown' | 'notApplicable' | 'accepted'): number =>
    result.coverage.reduce((total, check) => total + check[of], 0)
  const accepted = sum('accepted')
  return (
    `${plural(result.coverage.length, 'check')}: ${sum('pass')} passed, ${sum('fail')} failed, ` +
    `${sum('unknown')} unknown, ${sum('notApplicable')} not applicable${accepted === 0 ? '' : `, ${accepted} accepted`}`
  )
}

/** What was accepted, left out or changed, and by whom: named in the short form too. */
function policyLines(result: AuditResult, all: boolean, { width, palette }: FullOptions): string[] {
  return policyNotes(result).flatMap(({ title, notes }) => {
    const shown = all ? notes : notes.slice(0, NOTES)
    const rest = notes.length - shown.length
    return [
      palette.heading(title),
      ...shown.flatMap((note) => wrap(visible(note), width, '  ')),
      ...(rest > 0 ? [`  and ${rest} more (--all)`] : []),
      '',
    ]
  })
}

function findingLines(result: AuditResult, all: boolean, options: FullOptions): string[] {
  const { findings } = result
  if (findings.length === 0) return []
  if (all) {
    return [
      options.palette.heading(`All findings (${findings.length})`),
      ...findings.flatMap((finding, index) => [...fullFinding(finding, index + 1, options), '']),
    ]
  }
  const worst = findings.slice(0, WORST)
  const heading =
    findings.length <= WORST
      ? `Findings (${findings.length})`
      : `Worst ${WORST} of ${findings.length} findings`
  return [
    options.palette.heading(heading),
    ...worst.flatMap((finding, index) => shortFinding(finding, index + 1, options)),
    '',
  ]
}

function unknownLines(result: AuditResult, all: boolean, options: FullOptions): string[] {
  const { unknowns } = result
  if (unknowns.length === 0) return []
  const lines = [options.palette.heading(`Could not be known (${unknowns.length})`)]
  for (const [reason, group] of groupBy(unknowns, (finding) => finding.reason ?? 'no-source')) {
    lines.push(
      ...wrap(`${group.length} x ${REASON_WORDS[reason]}: ${checksOf(group, false)}`, options.width, '  '),
    )
    lines.push(...wrap(`To know: ${NEEDED_WORDS[reason]}`, options.width, '    '))
    if (all)
      lines.push(
        ...[...groupBy(group, sameQuestion).values()].flatMap((same) => openQuestions(same, options)),
      )
    else if (group[0] !== undefined)
      lines.push(`    ${options.palette.command(`$ rampart checks show ${visible(group[0].check)}`)}`)
  }
  return [...lines, '']
}

/** Questions about one thing that miss the same are told once. */
function sameQuestion({ target, message, evidence }: Finding): string {
  return [targetText(target), message, ...evidence.map(evidencePlace)].join('\n')
}

function openQuestions(same: readonly Finding[], options: FullOptions): string[] {
  const [first, ...others] = same
  if (first === undefined) return []
  if (others.length === 0) return openQuestion(first, options)
  return [
    ...wrap(`${visible(targetText(first.target))}: ${checksOf(same, true)}`, options.width, '  '),
    ...wrap(visible(first.message), options.width, '    '),
    ...first.evidence.map((evidence) => `    At: ${visible(evidencePlace(evidence))}`),
    `    ${options.palette.command(`$ rampart checks show ${visible(first.check)}`)}`,
  ]
}

function checksOf(findings: readonly Finding[], all: boolean): string {
  const checks = [...new Set(findings.map((finding) => visible(finding.check)))]
  const shown = all ? checks : checks.slice(0, 3)
  return `${shown.join(', ')}${shown.length < checks.length ? `, and ${checks.length - shown.length} more checks` : ''}`
}

/** One line in the short form: how many, of which checks, and the first reason. */
function notApplicableLines(result: AuditResult, width: number, all: boolean): string[] {
  const { notApplicable } = result
  if (notApplicable.length === 0) return []
  const messages = [...groupBy(notApplicable, (finding) => finding.message)]
  if (!all) {
    const others = messages.length > 1 ? `, and ${plural(messages.length - 1, 'other reason')}` : ''
    const head = `Not applicable (${notApplicable.length}): `
    return [`${head}${clip(visible(messages[0]?.[0] ?? ''), width - head.length - others.length)}${others}`]
  }
  return [
    `Not applicable (${notApplicable.length})`,
    ...messages.flatMap(([message, group]) => [
      ...wrap(`${group.length} x ${visible(message)}`, width, '  '),
      ...wrap(checksOf(group, true), width, '    '),
    ]),
    '',
  ]
}

function problemLines(result: AuditResult, width: number, palette: Palette, all: boolean): string[] {
  const { problems } = result
  if (problems.length === 0) return []
  const shown = all ? problems : problems.slice(0, PROBLEMS)
  const rest = problems.length - shown.length
  return [
    palette.heading(`Problems of reading (${problems.length})`),
    ...shown.flatMap((problem) => [
      `  ${problem.level === 'error' ? palette.removed('error') : palette.warning('warning')} ${visible(filePlaceText(problem.place))}`,
      ...wrap(visible(problem.message), width, '    '),
    ]),
    ...(rest > 0 ? [`  and ${rest} more (--all)`] : []),
  ]
}

function moreLine(result: AuditResult, options: TerminalOptions, palette: Palette): string[] {
  if (options.all || result.findings.length + result.unknowns.length === 0) return []
  return [`Everything, with lines and fixes: ${palette.command(`${visible(options.command)} --all`)}`]
}
