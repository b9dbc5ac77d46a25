/**
 * The fields of the first record of a CSV text, as Go's encoding/csv reads it with its default settings,
 * or undefined where it refuses the text. The empty text has no record: the caller decides what it means.
 * Source: Go encoding/csv/reader.go, readRecord.
 */
export function readCsvRecord(given: string): string[] | undefined {
  const text = given.replaceAll('\r\n', '\n').replace(/\r$/, '')
  const fields: string[] = []
  let at = text.length - text.replace(/^\n+/, '').length
  if (at >= text.length) return undefined
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at)
    if (field === undefined) return undefined
    fields.push(field.value)
    if (text[field.end] !== ',') return fields
    at = field.end + 1
  }
}

interface Field {
  readonly value: string
  /** Index of the comma or line break behind the field, or the text's length. */
  readonly end: number
}

function plainField(text: string, start: number): Field | undefined {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') {
    if (text[end] === '"') return undefined
    end += 1
  }
  return { value: text.slice(start, end), end }
}

function quotedField(text: string, start: number): Field | undefined {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return undefined
    value += text.slice(at, quote)
    const next = text[quote + 1]
    if (next === '"') {
      value += '"'
      at = quote + 2
      continue
    }
    if (next === undefined || next === ',' || next === '\n') return { value, end: quote + 1 }
    return undefined
  }
}
