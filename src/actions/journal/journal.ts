import { open, readFile, truncate, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RampartError } from '../../model/index.js'
import { decodeEntry, encodeEntry, NO_SUM, type JournalEntry } from './journal-entry.js'

/** An append-only file. When `append` returns, the entry is on the disk. */
export interface Journal {
  readonly file: string
  readonly entries: readonly JournalEntry[]
  append(entry: Omit<JournalEntry, 'at'>): Promise<JournalEntry>
  close(): Promise<void>
}

/** A new journal; fails where one is already. */
export async function createJournal(file: string): Promise<Journal> {
  const handle = await open(file, 'ax', 0o600)
  await syncFolder(dirname(file))
  return journalOn(handle, file, [], NO_SUM)
}

/**
 * A journal that is there. A last line without its end was being written when its writer died: that entry did not happen,
 * and is cut off. Any other damage is an error that names the line, and the file is left as it is.
 */
export async function openJournal(file: string): Promise<Journal> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new RampartError('no-input', `there is no journal at ${file}`, { cause: error })
  })
  const { entries, sum, length } = readEntries(bytes, file)
  if (length < bytes.length) await truncate(file, length)
  return journalOn(await open(file, 'a', 0o600), file, entries, sum)
}

/** The entries of a journal without opening it for writing. */
export async function readJournal(file: string): Promise<readonly JournalEntry[]> {
  return readEntries(await readFile(file), file).entries
}

function readEntries(
  bytes: Buffer,
  file: string,
): { readonly entries: JournalEntry[]; readonly sum: string; readonly length: number } {
  const entries: JournalEntry[] = []
  let sum = NO_SUM
  const length = bytes.lastIndexOf(0x0a) + 1
  const lines = bytes.subarray(0, length).toString('utf8').split('\n').slice(0, -1)
  for (const [index, line] of lines.entries()) {
    const read = decodeEntry(line, sum)
    if ('fault' in read)
      throw new RampartError(
        'unreadable-input',
        `${file}:${index + 1}: the journal is damaged here (${read.fault}). ` +
          'Nothing was changed. What was done up to there is in the lines before it; the backups beside it are untouched.',
      )
    entries.push(read.entry)
    sum = read.sum
  }
  return { entries, sum, length }
}

function journalOn(handle: FileHandle, file: string, entries: JournalEntry[], lastSum: string): Journal {
  let sum = lastSum
  let last: Promise<unknown> = Promise.resolve()
  const write = async (entry: JournalEntry): Promise<JournalEntry> => {
    const encoded = encodeEntry(entry, sum)
    await handle.appendFile(encoded.line)
    await handle.sync()
    sum = encoded.sum
    entries.push(entry)
    return entry
  }
  return {
    file,
    entries,
    append(entry) {
      // One after another, whoever asks: the checksums are a chain.
      const written = last.then(() => write({ ...entry, at: new Date().toISOString() }))
      last = written.catch(() => undefined)
      return written
    },
    async close() {
      await last
      await handle.close()
    },
  }
}

/** Makes the names in a folder last over a loss of power. Source: fsync(2), notes on directories. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
