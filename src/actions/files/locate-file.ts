import { lstat } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { RampartError, systemCode } from '../../model/index.js'
import { diskFs } from '../../sources/index.js'

/** A path of a host, and where it is on this machine. */
export interface LocatedFile {
  /** The path on the host, its links followed. */
  readonly real: string
  /** The same on this machine. */
  readonly disk: string
  /** Absent: there is nothing yet, and its folder exists. */
  readonly there?: {
    readonly type: 'file' | 'folder'
    readonly mode: number
    readonly uid: number
    readonly gid: number
  }
}

/**
 * Finds a file of the host below `root`, following links as on that host and never out of the root. Throws where the folder
 * does not exist, cannot be read, or something stands there that is neither a file nor a folder.
 */
export async function locateFile(root: string, path: string): Promise<LocatedFile> {
  const fs = diskFs(root)
  const clean = posix.resolve('/', path)
  const whole = await fs.realPath(clean)
  if (!whole.ok && whole.refusal !== 'missing') throw unreachable(clean, whole.refusal)
  const parent = await fs.realPath(posix.dirname(clean))
  if (!parent.ok) throw unreachable(posix.dirname(clean), parent.refusal)
  if (!whole.ok && (await fs.lstat(clean)).ok)
    throw new RampartError('unreadable-input', `${clean} is a link to something that does not exist`)
  const real = whole.ok ? whole.value : posix.join(parent.value, posix.basename(clean))
  const disk = join(resolve(root), real)
  if (!whole.ok) return { real, disk }
  const stat = await lstat(disk).catch((error: unknown) => {
    throw unreachable(clean, systemCode(error))
  })
  if (!stat.isFile() && !stat.isDirectory())
    throw new RampartError('unreadable-input', `${clean} is neither a file nor a folder`)
  return {
    real,
    disk,
    there: {
      type: stat.isFile() ? 'file' : 'folder',
      mode: stat.mode & 0o7777,
      uid: stat.uid,
      gid: stat.gid,
    },
  }
}

function unreachable(path: string, why: string): RampartError {
  const words: Readonly<Record<string, string>> = {
    missing: 'it does not exist',
    denied: 'permission denied',
    loop: 'its links go in a circle',
  }
  return new RampartError('unreadable-input', `${path} cannot be reached: ${words[why] ?? why}`)
}
