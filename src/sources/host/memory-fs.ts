import { posix } from 'node:path'
import type { InlineFile } from '../../model/index.js'
import { splitCommandLine } from '../../text/index.js'
import { confinedFs } from './confined-fs.js'
import { found, refused, type FsAnswer, type FsStat, type HostFs } from './host-fs.js'
import { inByteOrder } from './text-of-bytes.js'

/** A file given in place, a link, or something that must never be opened. */
export type MemoryFile = InlineFile | { readonly special: 'socket' | 'other' | 'denied' }

/** The pid of the first process; each further one has the next number. */
const FIRST_PID = 100
/** 2025-01-01: files and processes of memory hosts are of one age, so that nothing drifts. */
const MODIFIED = 1_735_689_600

interface Entry {
  readonly stat: FsStat
  readonly text?: string
  readonly link?: string
  readonly denied?: boolean
}

/**
 * A host in memory: files by absolute path (mode 0644, root, unless said), folders implied (0755, root) or named with
 * a `/` at their end, and processes as full command lines with shell quoting, pids from 100. Of `copied` files modes and
 * owners are not the host's.
 */
export function memoryFs(
  files: Readonly<Record<string, MemoryFile>>,
  processes?: readonly string[],
  copied = false,
): HostFs {
  const entries = new Map<string, Entry>([['/', folder({})]])
  const put = (path: string, entry: Entry): void => {
    const clean = posix.resolve('/', path)
    for (let parent = posix.dirname(clean); !entries.has(parent); parent = posix.dirname(parent)) {
      entries.set(parent, folder({}))
    }
    if (clean !== '/' || entry.stat.type === 'directory') entries.set(clean, entry)
  }
  for (const [path, file] of Object.entries(files)) put(path, entryOf(path, file))
  if (processes !== undefined) {
    for (const [path, text] of processFiles(processes)) put(path, entryOf(path, text))
  }
  const names = new Map<string, string[]>()
  for (const path of entries.keys()) {
    if (path === '/') continue
    const parent = posix.dirname(path)
    names.set(parent, [...(names.get(parent) ?? []), posix.basename(path)])
  }
  const ask = <T>(path: string, map: (entry: Entry) => FsAnswer<T>): Promise<FsAnswer<T>> => {
    const known = entries.get(path)
    return Promise.resolve(known === undefined ? refused('missing') : map(known))
  }
  return confinedFs({
    keepsOwners: () => Promise.resolve(!copied),
    lstat: (path) => ask(path, ({ stat }) => found(stat)),
    readlink: (path) => ask(path, ({ link }) => (link === undefined ? refused('failed') : found(link))),
    readdir: (path) =>
      ask(path, ({ stat }) =>
        stat.type === 'directory' ? found(inByteOrder(names.get(path) ?? [])) : refused('missing'),
      ),
    readText: (path, limit) =>
      ask(path, ({ text, denied }) => {
        if (denied === true) return refused('denied')
        if (text === undefined) return refused('not-a-file')
        return Buffer.byteLength(text) > limit ? refused('too-large') : found(text)
      }),
  })
}

function entryOf(path: string, file: MemoryFile): Entry {
  if (typeof file === 'string') return path.endsWith('/') ? folder({}) : regular(file, {})
  if ('link' in file) return { stat: stat('symlink', { mode: 0o777 }), link: file.link }
  if ('special' in file) {
    if (file.special === 'denied') return { ...regular('', { mode: 0o600 }), denied: true }
    return { stat: stat(file.special, { mode: 0o660 }) }
  }
  return path.endsWith('/') ? folder(file) : regular(file.text, file)
}

interface Owner {
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
}

function folder(owner: Owner): Entry {
  return { stat: stat('directory', { mode: 0o755, ...owner }) }
}

function regular(text: string, owner: Owner): Entry {
  return { stat: { ...stat('file', owner), size: Buffer.byteLength(text) }, text }
}

function stat(type: FsStat['type'], { mode = 0o644, uid = 0, gid = 0 }: Owner): FsStat {
  return { type, mode, uid, gid, size: 0, modified: MODIFIED }
}

function processFiles(processes: readonly string[]): [string, string][] {
  const lines = processes.map((line, index) => [FIRST_PID + index, splitCommandLine(line)] as const)
  return [[1, ['/sbin/init']] as const, ...lines].flatMap(([pid, words]) => [
    [`/proc/${pid}/cmdline`, words.map((word) => `${word}\0`).join('')],
    // Field 22 is the start in clock ticks after the boot. Source: proc_pid_stat(5).
    [`/proc/${pid}/stat`, `${pid} (process) S ${Array.from({ length: 18 }, () => '0').join(' ')} 0 0\n`],
    ['/proc/stat', `btime ${MODIFIED}\n`],
  ])
}
