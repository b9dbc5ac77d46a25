import {
  countsLine,
  SEVERITIES,
  type AuditResult,
  type Evidence,
  type Finding,
  type Fix,
} from '../model/index.js'
import { editLines } from './edit-lines.js'
import { groupBy } from './group-by.js'
import { htmlText } from './html-text.js'
import {
  codeBlock,
  codeCell,
  codeSpan,
  codeSpans,
  codeSpansCell,
  markdownText,
  withoutMentions,
} from './markdown-text.js'
import { probeName, STATE_WORDS, tlsSentences } from './probe-words.js'
import { policyNotes } from './policy-notes.js'
import { visibleLines } from '../text/index.js'
import {
  evidencePlace,
  filePlaceText,
  fixKind,
  NEEDED_WORDS,
  plural,
  REACH_WORDS,
  REASON_WORDS,
  RISK_WORDS,
  sourceText,
  targetText,
} from './words.js'

/** Comments on pull requests end at 65,536 characters: so many findings are shown in full. */
const IN_FULL = 20
const ROWS = 100

/** The result as Markdown for a pull request or wiki: summary, the worst findings in full, the rest by check. */
export function renderMarkdown(result: AuditResult): string {
  const lines = [
    '# Rampart audit',
    '',
    `**${countsLine(result.counts)}**`,
    '',
    ...summaryTable(result),
    ...sourceLines(result),
    ...probeSections(result),
    ...policySections(result),
    ...worstFindings(result),
    ...byCheck(result),
    ...unknownTable(result),
    ...notApplicableLines(result),
    ...problemLines(result),
    `Rampart ${markdownText(result.rampart.version)}`,
  ]
  return `${lines.join('\n')}\n`
}

function summaryTable({ counts }: AuditResult): string[] {
  const names = [...SEVERITIES, 'unknown', 'notApplicable', 'accepted'] as const
  return [
    '| Critical | High | Medium | Low | Info | Unknown | Not applicable | Accepted |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    `| ${names.map((name) => counts[name]).join(' | ')} |`,
    '',
  ]
}

function sourceLines({ sources }: AuditResult): string[] {
  if (sources.length === 0) return ['Nothing was read.', '']
  return ['Read:', '', ...sources.slice(0, ROWS).map((source) => `- ${markdownText(sourceText(source))}`), '']
}

/** One table an address: the closed doors, too. */
function probeSections({ probes = [] }: AuditResult): string[] {
  if (probes.length === 0) return []
  return [
    '## Probed',
    '',
    ...probes
      .slice(0, ROWS)
      .flatMap((probe) => [
        `**${markdownText(probeName(probe))}** (${STATE_WORDS[probe.state]}): ${markdownText(probe.verdict)}`,
        '',
        ...(probe.tls === undefined
          ? []
          : [...tlsSentences(probe.tls).map((text) => `- ${markdownText(text)}`), '']),
        '| Asked | Answer | State | Meaning |',
        '| --- | --- | --- | --- |',
        ...probe.attempts.map(
          ({ ask, answer, state, meaning }) =>
            `| ${codeCell(ask)} | ${codeCell(answer)} | ${STATE_WORDS[state]} | ${codeSpansCell(meaning)} |`,
        ),
        '',
      ]),
    ...(probes.length > ROWS ? [`And ${plural(probes.length - ROWS, 'address')} more.`, ''] : []),
  ]
}

/** What was accepted, left out or changed, and by whom. */
function policySections(result: AuditResult): string[] {
  return policyNotes(result).flatMap(({ title, notes }) => [
    `## ${title}`,
    '',
    ...notes.slice(0, ROWS).map((note) => `- ${codeSpans(note)}`),
    ...(notes.length > ROWS ? [`- and ${notes.length - ROWS} more`] : []),
    '',
  ])
}

function worstFindings({ findings }: AuditResult): string[] {
  if (findings.length === 0) return []
  const shown = findings.slice(0, IN_FULL)
  const heading =
    shown.length < findings.length ? `Worst ${shown.length} of ${findings.length} findings` : 'Findings'
  return [`## ${heading}`, '', ...shown.flatMap(details)]
}

function details(finding: Finding): string[] {
  const { severity, target, title } = finding
  return [
    '<details>',
    `<summary><strong>${severity.toUpperCase()}</strong> <code>${withoutMentions(htmlText(targetText(target)))}</code>: ${withoutMentions(htmlText(title))}</summary>`,
    '',
    codeSpans(finding.message),
    '',
    `- Check: ${codeSpan(finding.check)}`,
    `- Open to: ${REACH_WORDS[finding.reach]}`,
    `- Severity: ${finding.ownSeverity === undefined ? '' : `set by the configuration (its own: ${finding.ownSeverity}); `}${codeSpans(finding.because)}`,
    `- Why: ${codeSpans(finding.why)}`,
    '',
    ...finding.evidence.flatMap(evidenceLines),
    ...(finding.fix === undefined ? [] : fixLines(finding.fix)),
    ...references(finding),
    '</details>',
    '',
  ]
}

function evidenceLines(evidence: Evidence): string[] {
  const head = `${codeSpan(evidencePlace(evidence))}: ${codeSpans(evidence.message)}`
  const snippet = evidence.snippet
  if (snippet === undefined) return [head, '']
  const digits = String(snippet.startLine + snippet.lines.length).length
  const lines = snippet.lines.map((line, index) => {
    const number = snippet.startLine + index
    return `${number === snippet.focusLine ? '>' : ' '} ${String(number).padStart(digits)} | ${line}`
  })
  return [head, '', ...codeBlock(lines, 'text'), '']
}

function fixLines(fix: Fix): string[] {
  const notes = [
    `risk: ${RISK_WORDS[fix.risk]}`,
    ...fix.needs.map(
      ({ text, met }) =>
        `needs: ${text} (${met === true ? 'holds' : met === false ? 'does not hold' : 'not known'})`,
    ),
    ...(fix.breaks === undefined ? [] : [`may break: ${fix.breaks}`]),
    ...(fix.restart === undefined ? [] : [`restart: ${fix.restart}`]),
  ]
  const kind = fixKind(fix) === 'advice' ? 'Advice' : 'Fix'
  return [
    `**${kind}:** ${visibleLines(fix.text).map(codeSpans).join('<br>')}`,
    '',
    ...notes.map((note) => `- ${codeSpans(note)}`),
    '',
    ...(fix.edits.length === 0 ? [] : [...codeBlock(editLines(fix.edits), 'diff'), '']),
    ...(fix.commands.length === 0 ? [] : [...codeBlock(fix.commands, 'sh'), '']),
    ...(fix.verify === undefined ? [] : ['Verify:', '', ...codeBlock([fix.verify], 'sh'), '']),
  ]
}

function references({ references: list }: Finding): string[] {
  return list.length === 0 ? [] : ['See:', '', ...list.map((reference) => `- ${codeSpan(reference)}`), '']
}

function byCheck({ findings }: AuditResult): string[] {
  if (findings.length <= IN_FULL) return []
  const groups = [...groupBy(findings, ({ check }) => check)]
  const rows = groups.slice(0, ROWS).map(([check, group]) => {
    const severities = SEVERITIES.filter((severity) => group.some((finding) => finding.severity === severity))
    return `| ${codeCell(check)} | ${severities.join(', ')} | ${group.length} |`
  })
  const rest = groups.length > ROWS ? [`And ${plural(groups.length - ROWS, 'check')} more.`, ''] : []
  return [
    '## All findings by check',
    '',
    '| Check | Severity | Findings |',
    '| --- | --- | ---: |',
    ...rows,
    '',
    ...rest,
  ]
}

function unknownTable({ unknowns }: AuditResult): string[] {
  if (unknowns.length === 0) return []
  const lines = [`## Could not be known (${unknowns.length})`, '']
  for (const [reason, group] of groupBy(unknowns, (finding) => finding.reason ?? 'no-source')) {
    const rows = group
      .slice(0, IN_FULL)
      .map(
        (finding) =>
          `| ${codeCell(finding.check)} | ${codeCell(targetText(finding.target))} | ${codeSpansCell(finding.message)} |`,
      )
    lines.push(
      `**${plural(group.length, 'question')}: ${REASON_WORDS[reason]}.** To know: ${NEEDED_WORDS[reason]}.`,
      '',
    )
    lines.push('| Check | Target | Missing |', '| --- | --- | --- |', ...rows, '')
    if (group.length > rows.length) lines.push(`And ${group.length - rows.length} more.`, '')
  }
  return lines
}

function notApplicableLines({ notApplicable }: AuditResult): string[] {
  if (notApplicable.length === 0) return []
  const groups = [...groupBy(notApplicable, ({ message }) => message)]
  return [
    `## Not applicable (${notApplicable.length})`,
    '',
    ...groups.slice(0, IN_FULL).map(([message, group]) => `- ${group.length} x ${codeSpans(message)}`),
    ...(groups.length > IN_FULL ? [`- and ${plural(groups.length - IN_FULL, 'other reason')}`] : []),
    '',
  ]
}

function problemLines({ problems }: AuditResult): string[] {
  if (problems.length === 0) return []
  return [
    `## Problems of reading (${problems.length})`,
    '',
    ...problems
      .slice(0, ROWS)
      .map(
        ({ level, place, message }) => `- ${level}: ${codeSpan(filePlaceText(place))}: ${codeSpans(message)}`,
      ),
    ...(problems.length > ROWS ? [`- and ${problems.length - ROWS} more`] : []),
    '',
  ]
}
