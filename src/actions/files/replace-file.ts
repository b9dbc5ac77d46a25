import { constants } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { posix } from 'node:path'
import { RampartError, systemCode } from '../../model/index.js'
import { sha256Of } from './checksum.js'
import { keepAttributes } from './keep-attributes.js'
import { locateFile, type LocatedFile } from './locate-file.js'

export interface ReplaceOptions {
  readonly root: string
  /** The absolute path on the host. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Permission bits; kept from the file that is there, else 0600. */
  readonly mode?: number
  /** Numeric owner and group; kept from the file that is there, else those of this process. */
  readonly uid?: number
  readonly gid?: number
  /** What must be there: its SHA-256, or nothing. */
  readonly expect?: string
}

/** What `expect` says where no file may be. */
export const ABSENT = 'absent'

/**
 * Puts new bytes in the place of a file so that whoever looks sees the old or the new ones, whole, even after a loss of
 * power. Throws, and leaves the old ones, when another has changed the file.
 */
export async function replaceFile(options: ReplaceOptions): Promise<void> {
  const { root, path, bytes, expect } = options
  const located = await locateFile(root, path)
  if (located.there?.type === 'folder') throw new RampartError('unreadable-input', `${path} is a folder`)
  if (expect !== undefined) await mustBe(located, path, expect)
  const temporary = temporaryFor(located.disk)
  await rm(temporary, { force: true })
  try {
    await writeWhole(temporary, bytes, {
      mode: options.mode ?? located.there?.mode ?? 0o600,
      uid: options.uid ?? located.there?.uid,
      gid: options.gid ?? located.there?.gid,
    })
    if (located.there !== undefined) {
      await keepAttributes(located.disk, temporary, path)
      // Owner and mode came along; another mode than that of the file is given once more, which lists bear.
      await giveAccess(temporary, options)
    }
    // As late as can be: nothing on a Unix system compares and renames at once.
    if (expect !== undefined) await mustBe(located, path, expect)
    await rename(temporary, located.disk)
    await syncPath(posix.dirname(located.disk))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw inWordsOf(error, path)
  }
}

/**
 * The temporary file beside a file. It begins with a dot, so that a kubelet does not run it (Source: kubernetes v1.36.2
 * pkg/kubelet/config/file_linux.go, produceWatchEvent), and ends in no suffix
 * that a drop-in folder reads. One name for all runs, so that what a crash left is found again.
 */
export function temporaryFor(disk: string): string {
  return posix.join(posix.dirname(disk), `.${posix.basename(disk)}.rampart-tmp`)
}

/** Flushes a file or a folder to the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Throws when what is there is not what `expect` says. */
async function mustBe(located: LocatedFile, path: string, expect: string): Promise<void> {
  const bytes = await readFile(located.disk).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined
    throw inWordsOf(error, path)
  })
  const is = bytes === undefined ? ABSENT : sha256Of(bytes)
  if (is === expect) return
  const what =
    is === ABSENT
      ? 'is no longer there'
      : expect === ABSENT
        ? 'is there already'
        : 'was changed in the meantime'
  throw new RampartError('unreadable-input', `${path} ${what}: make the plan anew`)
}

async function writeWhole(
  file: string,
  bytes: Uint8Array,
  {
    mode,
    uid,
    gid,
  }: { readonly mode: number; readonly uid?: number | undefined; readonly gid?: number | undefined },
): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
  const handle = await open(file, flags, 0o600)
  try {
    await handle.writeFile(bytes)
    const own = await handle.stat()
    if ((uid !== undefined && uid !== own.uid) || (gid !== undefined && gid !== own.gid))
      await handle.chown(uid ?? own.uid, gid ?? own.gid)
    await handle.chmod(mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What is asked for, whatever was copied; a change of owner clears bits of the mode, which comes after it. Source: chown(2). */
async function giveAccess(file: string, { mode, uid, gid }: ReplaceOptions): Promise<void> {
  if (mode === undefined && uid === undefined && gid === undefined) return
  const handle = await open(file, 'r')
  try {
    const is = await handle.stat()
    if ((uid ?? is.uid) !== is.uid || (gid ?? is.gid) !== is.gid)
      await handle.chown(uid ?? is.uid, gid ?? is.gid)
    if (mode !== undefined && mode !== (is.mode & 0o7777)) await handle.chmod(mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of its owner is used up',
  EROFS: 'its file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied (is it immutable?)',
  EBUSY: 'it is mounted on its own, so it cannot be replaced as a whole',
}

/** A fault of the system as an error that names the file. */
export function inWordsOf(error: unknown, path: string): Error {
  const fault = FAULTS[systemCode(error)]
  if (fault === undefined) return error instanceof Error ? error : new Error(String(error))
  return new RampartError('not-allowed', `${path} cannot be written: ${fault}`, { cause: error })
}
