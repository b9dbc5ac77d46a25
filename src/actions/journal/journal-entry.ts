import { createHash } from 'node:crypto'
import { isObject, type JsonObject } from '../../model/index.js'

/** One line of a journal. `data` never holds a secret. */
export interface JournalEntry {
  readonly kind:
    | 'run'
    | 'skipped'
    | 'acting'
    | 'acted'
    | 'checked'
    | 'failed'
    | 'rolling-back'
    | 'undoing'
    | 'undone'
    | 'undo-failed'
    | 'end'
    | 'note'
  /** ISO 8601, UTC. */
  readonly at: string
  readonly step?: string
  readonly reason?: string
  readonly data?: JsonObject
}

/** Before the first line. */
export const NO_SUM = ''
const SUM_LENGTH = 24

/** A line: the checksum of this entry and of all before it, a space, the entry as JSON. */
export function encodeEntry(
  entry: JournalEntry,
  before: string,
): { readonly line: string; readonly sum: string } {
  const text = JSON.stringify(entry)
  const sum = sumOf(text, before)
  return { line: `${sum} ${text}\n`, sum }
}

/** The entry of a line without its end, or why it is none. */
export function decodeEntry(
  line: string,
  before: string,
): { readonly entry: JournalEntry; readonly sum: string } | { readonly fault: string } {
  const text = line.slice(SUM_LENGTH + 1)
  const sum = sumOf(text, before)
  if (line.slice(0, SUM_LENGTH + 1) !== `${sum} `) return { fault: 'its checksum does not fit' }
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value) && typeof value.kind === 'string' && typeof value.at === 'string')
      return { entry: value as unknown as JournalEntry, sum }
  } catch {
    // Told below: the checksum fits, so another program wrote this line.
  }
  return { fault: 'it is no entry of a journal' }
}

function sumOf(text: string, before: string): string {
  return createHash('sha256').update(before).update('\n').update(text).digest('hex').slice(0, SUM_LENGTH)
}
