/** The keyword of a line and all that stands behind it. */
export interface ConfigLine {
  /** In small letters. */
  readonly keyword: string
  readonly rest: string
}

const SPACE = /^[ \t\r\n]*/

/**
 * The keyword of a line, in double quotes or not, with a space or one `=` behind it; undefined for empty lines and comments.
 * Source: openssh readconf.c, process_config_line_depth.
 */
export function configLine(raw: string): ConfigLine | undefined {
  const [keyword, rest] = nextWord(raw.replace(/[ \t\r\n\f]+$/, '').replace(SPACE, '')) ?? ['', '']
  if (keyword === '' || keyword.startsWith('#')) return undefined
  return { keyword: keyword.toLowerCase(), rest: rest.replace(SPACE, '') }
}

/**
 * The next word, ended by a space, a quote or one `=`, and what follows; undefined at the end, and where a quote is not closed.
 * Source: openssh misc.c, strdelim.
 */
export function nextWord(text: string): readonly [string, string] | undefined {
  if (text === '') return undefined
  const end = text.search(/[ \t\r\n"=]/)
  if (end < 0) return [text, '']
  if (text[end] === '"') {
    const close = text.indexOf('"', end + 1)
    if (close < 0) return undefined
    return [text.slice(0, end) + text.slice(end + 1, close), text.slice(close + 1).replace(SPACE, '')]
  }
  let rest = text.slice(end + 1).replace(SPACE, '')
  if (text[end] !== '=' && rest.startsWith('=')) rest = rest.slice(1).replace(SPACE, '')
  return [text.slice(0, end), rest]
}

/**
 * The arguments behind a keyword, up to a `#` that begins a word; undefined where a quote is not closed. A backslash takes the
 * meaning of quotes, backslashes and, outside quotes, spaces. Source: openssh misc.c, argv_split.
 */
export function splitArguments(text: string): string[] | undefined {
  const words: string[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === ' ' || text[at] === '\t') {
      at += 1
      continue
    }
    if (text[at] === '#') break
    const [word, end] = readArgument(text, at)
    if (end === undefined) return undefined
    words.push(word)
    at = end
  }
  return words
}

function readArgument(text: string, begin: number): readonly [string, number | undefined] {
  let [word, quote] = ['', '']
  for (let at = begin; at < text.length; at += 1) {
    const sign = text.charAt(at)
    const next = text.charAt(at + 1)
    if (sign === '\\' && next !== '' && (`'"\\`.includes(next) || (quote === '' && next === ' '))) {
      word += next
      at += 1
    } else if (quote === '' && (sign === ' ' || sign === '\t')) return [word, at]
    else if (quote === '' && (sign === '"' || sign === "'")) quote = sign
    else if (sign === quote) quote = ''
    else word += sign
  }
  return [word, quote === '' ? text.length : undefined]
}
