import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asNumber, asString, field, RampartError } from '../../model/index.js'
import { sha256Of } from './checksum.js'
import { locateFile } from './locate-file.js'
import { replaceFile, syncPath, temporaryFor } from './replace-file.js'

/** What a file was before a run touched it. */
export interface Backup {
  readonly path: string
  /** Absent: there was none. */
  readonly was?: {
    readonly sha256: string
    readonly mode: number
    readonly uid: number
    readonly gid: number
  }
  /** The copy of its bytes, for its owner alone. */
  readonly copy: string
}

/**
 * Keeps the bytes, mode and owner of a file in the folder `backups`, on the disk before it returns. Asked twice for one
 * path it keeps the first: that is what was there before the run.
 */
export async function backUp(backups: string, root: string, path: string): Promise<Backup> {
  const kept = await readBackup(backups, path)
  if (kept !== undefined) return kept
  const { meta, copy } = placesOf(backups, path)
  const located = await locateFile(root, path)
  if (located.there === undefined) {
    await writeFile(meta, JSON.stringify({ path }), { mode: 0o600, flush: true })
    await syncPath(backups)
    return { path, copy }
  }
  const bytes = await readFile(located.disk)
  const { mode, uid, gid } = located.there
  const was = { sha256: sha256Of(bytes), mode, uid, gid }
  await writeFile(copy, bytes, { mode: 0o600, flush: true })
  // The description last: a backup that has one is whole.
  await writeFile(meta, JSON.stringify({ path, was }), { mode: 0o600, flush: true })
  await syncPath(backups)
  return { path, was, copy }
}

/** The backup of a path, if there is a whole one. */
export async function readBackup(backups: string, path: string): Promise<Backup | undefined> {
  const { meta, copy } = placesOf(backups, path)
  const text = await readFile(meta, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Cut off by a crash while it was written: nothing had been changed yet.
    return undefined
  }
  if (asString(field(value, 'path')) !== path) return undefined
  const was = field(value, 'was')
  const sha256 = asString(field(was, 'sha256'))
  const [mode, uid, gid] = ['mode', 'uid', 'gid'].map((name) => asNumber(field(was, name)))
  if (was === undefined) return { path, copy }
  if (sha256 === undefined || mode === undefined || uid === undefined || gid === undefined) return undefined
  return { path, copy, was: { sha256, mode, uid, gid } }
}

/** Puts a file back as it was: its bytes, mode and owner, or its absence. Doing it twice is as doing it once. */
export async function restore(root: string, backup: Backup): Promise<void> {
  const { path, was, copy } = backup
  const located = await locateFile(root, path)
  await rm(temporaryFor(located.disk), { force: true })
  if (was === undefined) {
    if (located.there?.type !== 'file') return
    await rm(located.disk, { force: true })
    await syncPath(join(located.disk, '..'))
    return
  }
  // Untouched, or put back already: on a full disk there is no room to write it once more.
  if (located.there?.type === 'file' && sameAttributes(located.there, was)) {
    if (sha256Of(await readFile(located.disk)) === was.sha256) return
  }
  const bytes = await readFile(copy)
  if (sha256Of(bytes) !== was.sha256)
    throw new RampartError(
      'not-rolled-back',
      `${copy} is damaged: its checksum is not that of ${path} as it was`,
    )
  await replaceFile({ root, path, bytes, mode: was.mode, uid: was.uid, gid: was.gid })
}

interface Attributes {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

function sameAttributes(one: Attributes, other: Attributes): boolean {
  return one.mode === other.mode && one.uid === other.uid && one.gid === other.gid
}

function placesOf(backups: string, path: string): { readonly meta: string; readonly copy: string } {
  const name = sha256Of(path).slice(0, 20)
  return { meta: join(backups, `${name}.json`), copy: join(backups, `${name}.bytes`) }
}
