/**
 * Changes one flag in the text of a unit, environment file or script: its value set, or the flag taken out. The last
 * of several counts, as for the program; all are taken out. Undefined when the flag does not stand there.
 * `name` begins with its dashes.
 */
export function editFlagText(text: string, name: string, value: string | undefined): string | undefined {
  const places = placesOf(text, name)
  if (places.length === 0) return undefined
  let edited = text
  places.reverse().forEach((match, index) => {
    const [whole, blank = ''] = match
    const kept = value !== undefined && index === 0 ? `${blank}${name}=${value}` : ''
    const rest = edited.slice(match.index + whole.length)
    const isFirst = kept === '' && blank === '' && /["'=]/.test(edited[match.index - 1] ?? '')
    // The blank before a word goes with it; the first of a value has its blank behind it.
    edited = edited.slice(0, match.index) + kept + (isFirst ? rest.replace(/^[ \t]+/, '') : rest)
  })
  return edited
}

/** The value of the flag's last occurrence, without quotes around it; undefined where it does not stand. */
export function readFlagText(text: string, name: string): string | undefined {
  const last = placesOf(text, name).at(-1)
  return last === undefined ? undefined : (last[5] ?? '').replace(/^(["'])(.*)\1$/, '$2')
}

function placesOf(text: string, name: string): RegExpExecArray[] {
  const word = escape(name.replace(/^-+/, '')).replace(/[-_]/g, '[-_]')
  const flag = new RegExp(
    `([ \\t]*)(^|(?<=[\\s"'=]))(--?${word})(?:(=)("[^"\\n]*"|'[^'\\n]*'|[^\\s"']*))?(?=$|[\\s"'\\\\])`,
    'gm',
  )
  return [...text.matchAll(flag)].filter((match) => !inComment(text, match.index))
}

function inComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^\s*[#;]/.test(line)
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
