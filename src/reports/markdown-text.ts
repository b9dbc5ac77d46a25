import { visible, visibleLine } from '../text/index.js'

/**
 * Any text as Markdown prose that shows just that text: emphasis, links, HTML, table cells, mentions, issue numbers
 * and bare addresses in it do nothing. Rules: CommonMark 0.31 section 2.4 and the autolinks of GitHub's dialect.
 */
export function markdownText(text: string): string {
  const plain = visible(text)
    .trim()
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('$', '&#36;')
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#46;`)
  return withoutMentions(plain)
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
}

/** Text in which no `@name` calls a person and no `#12` names an issue: a space without width follows the sign. */
export function withoutMentions(text: string): string {
  return text.replace(/@(?=\S)|(?<!&)#(?=\d)/g, '$&&#8203;')
}

/** Any text as a code span: its delimiter is longer than every run of backticks inside. Not for tables. */
export function codeSpan(text: string): string {
  const shown = visible(text)
  if (shown.trim() === '') return ''
  const delimiter = '`'.repeat(longestRun(shown) + 1)
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return `${delimiter}${pad}${shown}${pad}${delimiter}`
}

/** Any text as code inside a table, where the bars of a code span would end the cell. */
export function codeCell(text: string): string {
  return `<code>${markdownText(text)}</code>`
}

/** Prose whose quoted words stand in backticks: they become code, the rest plain text. Not for tables. */
export function codeSpans(text: string): string {
  return quotedParts(text, codeSpan)
}

/** The same for a cell of a table. */
export function codeSpansCell(text: string): string {
  return quotedParts(text, codeCell)
}

/** Lines as a code block that none of them can end. */
export function codeBlock(lines: readonly string[], language = ''): string[] {
  const shown = lines.map(visibleLine)
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)))
  return [`${fence}${language}`, ...shown, fence]
}

function quotedParts(text: string, code: (part: string) => string): string {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return markdownText(text)
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : spaced(part))).join('')
}

/** Prose between two pieces of code keeps the blanks at its ends. */
function spaced(part: string): string {
  const text = markdownText(part)
  if (text === '') return part === '' ? '' : ' '
  return `${/^\s/.test(part) ? ' ' : ''}${text}${/\s$/.test(part) ? ' ' : ''}`
}

function longestRun(text: string): number {
  let longest = 0
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length)
  return longest
}
