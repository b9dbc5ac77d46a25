import { constants } from 'node:fs'
import { lstat, open, readdir, readlink, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { confinedFs } from './confined-fs.js'
import { found, refused, type FsAnswer, type FsRefusal, type FsStat, type HostFs } from './host-fs.js'
import { inByteOrder, textOfBytes } from './text-of-bytes.js'

/**
 * A disk that was mounted, or copied whole with its owners, has these and they are root's. A handful of copied files
 * has not: their modes and owners are those of the copy.
 */
const WHOLE_SYSTEM = ['/etc/shadow', '/usr/bin', '/']

/** A host's files below a folder of this machine (`/` for this machine itself). Nothing outside of it is touched. */
export function diskFs(root: string): HostFs {
  const base = path.resolve(root)
  const at = (hostPath: string): string => path.join(base, hostPath)
  return confinedFs({
    lstat: (hostPath) => answered(async () => statOf(await lstat(at(hostPath)))),
    readlink: (hostPath) => answered(() => readlink(at(hostPath))),
    async keepsOwners() {
      if (base === '/') return true
      const there = await Promise.all(WHOLE_SYSTEM.map((hostPath) => answered(() => lstat(at(hostPath)))))
      return there.every((answer) => answer.ok && answer.value.uid === 0)
    },
    readdir: (hostPath) => answered(async () => inByteOrder(await readdir(at(hostPath)))),
    async readText(hostPath, limit) {
      // A pipe or device must not be opened at all: opening alone may block or act.
      const before = await answered(() => lstat(at(hostPath)))
      if (!before.ok) return before
      if (!before.value.isFile()) return refused('not-a-file')
      // The last step is no link and no pipe even if it was swapped in the meantime.
      const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
      const opened = await answered(() => open(at(hostPath), flags))
      if (!opened.ok) return opened
      try {
        return await readOpen(opened.value, limit)
      } catch (error) {
        return refused(refusalOf(error))
      } finally {
        await opened.value.close()
      }
    },
  })
}

async function readOpen(handle: FileHandle, limit: number): Promise<FsAnswer<string>> {
  if (!(await handle.stat()).isFile()) return refused('not-a-file')
  // Files of /proc say size 0, so the size is found by reading.
  const chunks: Buffer[] = []
  let size = 0
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024)
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null)
    if (bytesRead === 0) return textOfBytes(Buffer.concat(chunks))
    size += bytesRead
    if (size > limit) return refused('too-large')
    chunks.push(chunk.subarray(0, bytesRead))
  }
}

type Stats = Awaited<ReturnType<typeof lstat>>

function statOf(stats: Stats): FsStat {
  return {
    type: typeOf(stats),
    mode: Number(stats.mode) & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    size: Number(stats.size),
    modified: Math.floor(Number(stats.mtimeMs) / 1000),
  }
}

function typeOf(stats: Stats): FsStat['type'] {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'directory'
  if (stats.isSymbolicLink()) return 'symlink'
  return stats.isSocket() ? 'socket' : 'other'
}

async function answered<T>(ask: () => Promise<T>): Promise<FsAnswer<T>> {
  try {
    return found(await ask())
  } catch (error) {
    return refused(refusalOf(error))
  }
}

function refusalOf(error: unknown): FsRefusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESRCH' || code === 'ENXIO') return 'missing'
  if (code === 'EACCES' || code === 'EPERM') return 'denied'
  if (code === 'ELOOP') return 'loop'
  // Node refuses paths with NUL bytes before the system sees them; no file has such a name.
  if (code === 'ERR_INVALID_ARG_VALUE' || code === 'ENAMETOOLONG') return 'missing'
  return 'failed'
}
