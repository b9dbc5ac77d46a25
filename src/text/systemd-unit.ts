import { TracedText, type TextPlace } from './traced-text.js'

/** One `Key=value` of a unit file; the value's continued lines are joined by a blank. */
export interface UnitSetting {
  readonly section: string
  readonly key: string
  readonly value: TracedText
  readonly place: TextPlace
}

export interface UnitFile {
  /** In the order of the file. */
  readonly settings: readonly UnitSetting[]
  /** Lines that are neither section, setting nor comment. */
  readonly ignored: readonly number[]
}

/**
 * Reads a systemd unit file or drop-in: sections, `Key=value`, `#` and `;` comments (also between continued lines),
 * backslash at a line's end. Never throws; lines that cannot be read are named.
 * Source: systemd.syntax(7); systemd v257 src/shared/conf-parser.c, config_parse.
 */
export function parseSystemdUnit(text: string): UnitFile {
  const settings: UnitSetting[] = []
  const ignored: number[] = []
  let section = ''
  for (const logical of logicalLines(text)) {
    const line = logical.text
    const heading = /^\[([^\]]*)\]$/.exec(line.trim())
    const equals = line.indexOf('=')
    if (heading !== null) section = heading[1] ?? ''
    else if (equals <= 0) ignored.push(logical.placeAt(0).line)
    else {
      const key = line.slice(0, equals).trim()
      const after = line.slice(equals + 1)
      const from = equals + 1 + (after.length - after.trimStart().length)
      settings.push({
        section,
        key,
        value: cut(logical, from, line.trimEnd().length),
        place: logical.placeAt(0),
      })
    }
  }
  return { settings, ignored }
}

/** Lines without comments, continued ones joined, blanks at their begin removed. */
function logicalLines(text: string): TracedText[] {
  const found: TracedText[] = []
  let open: TracedText | undefined
  text.split('\n').forEach((raw, index) => {
    const physical = index === 0 ? raw.replace(/^\uFEFF/, '') : raw
    const line = physical.endsWith('\r') ? physical.slice(0, -1) : physical
    const trimmed = line.trimStart()
    if (/^[#;]/.test(trimmed)) return
    if (trimmed === '' && open === undefined) return
    const continues = endsWithBackslash(line)
    const body = continues ? line.slice(0, -1) : line
    const start = open === undefined ? line.length - trimmed.length : 0
    const target = open ?? new TracedText()
    target.push(body.slice(start), { line: index + 1, column: start + 1 })
    if (continues) target.push(' ', { line: index + 1, column: line.length })
    else if (target.text.trim() !== '') found.push(target)
    open = continues ? target : undefined
  })
  if (open !== undefined && open.text.trim() !== '') found.push(open)
  return found
}

/** An odd number of backslashes: an even one is backslashes that are themselves escaped. */
function endsWithBackslash(line: string): boolean {
  let at = line.length
  while (line[at - 1] === '\\') at -= 1
  return (line.length - at) % 2 === 1
}

function cut(traced: TracedText, from: number, to: number): TracedText {
  const text = traced.text
  const part = new TracedText()
  for (let at = from; at < to; at++) part.push(text[at] as string, traced.placeAt(at))
  return part
}
