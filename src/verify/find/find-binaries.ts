import { posix } from 'node:path'
import type { Host } from '../../model/index.js'
import type { HostFs } from '../../sources/index.js'
import { BINARY_FOLDERS, PLATFORM_BINARIES, projectOf, VERSIONED_FOLDERS } from '../platform-binaries.js'

/** A process that runs a program. */
export interface RunningProcess {
  readonly pid: number
  /** What the process was started from is no longer there: it runs a program that was replaced or removed. */
  readonly replaced: boolean
}

/** A program of the platform on a host. */
export interface FoundBinary {
  /** `kubelet`; by the name of its file, or by that of the process. */
  readonly name: string
  /** Path on the host; for a running program that no path leads to, the one that it was started from. */
  readonly path: string
  /** Where it is opened: a path on the host, or `/proc/PID/exe`. */
  readonly opens: string
  readonly processes: readonly RunningProcess[]
}

/** Tells whether two paths are one file, by device and number; false where either cannot be looked at. */
export type SameFile = (left: string, right: string) => Promise<boolean>

const MOST_VERSIONS = 20

/**
 * Finds the platform's programs on a host: in the folders that they are installed in, and behind running processes (also
 * those whose file was replaced, and those in containers of static pods). A file with several names is told once.
 */
export async function findBinaries(fs: HostFs, host: Host, sameFile: SameFile): Promise<FoundBinary[]> {
  const byPath = new Map<string, FoundBinary>()
  for (const folder of await foldersOf(fs)) {
    for (const name of Object.keys(PLATFORM_BINARIES)) {
      const found = await binaryAt(fs, posix.join(folder, name), name)
      if (found !== undefined && !byPath.has(found.opens)) byPath.set(found.opens, found)
    }
  }
  for (const running of await runningPrograms(fs, host)) await addRunning(byPath, running, sameFile, fs)
  return [...byPath.values()].sort((left, right) =>
    left.path < right.path ? -1 : left.path > right.path ? 1 : left.opens < right.opens ? -1 : 1,
  )
}

async function foldersOf(fs: HostFs): Promise<string[]> {
  const versions = await Promise.all(
    VERSIONED_FOLDERS.map(async ([folder, below]) => {
      const names = await fs.readdir(folder)
      return names.ok
        ? names.value.slice(0, MOST_VERSIONS).map((name) => posix.join(folder, name, below))
        : []
    }),
  )
  return [...BINARY_FOLDERS, ...versions.flat()]
}

async function binaryAt(fs: HostFs, path: string, name: string): Promise<FoundBinary | undefined> {
  const real = await fs.realPath(path)
  if (!real.ok) return undefined
  const stat = await fs.lstat(real.value)
  if (!stat.ok || stat.value.type !== 'file') return undefined
  // One program may answer to many names (k3s); scripts that stand in for one are no program.
  const own = posix.basename(real.value)
  return {
    name: projectOf(own) === undefined ? name : own,
    path: real.value,
    opens: real.value,
    processes: [],
  }
}

interface RunningProgram extends RunningProcess {
  readonly component: string
  /** As the kernel names it, without ` (deleted)`. */
  readonly target: string
}

const DELETED = ' (deleted)'

async function runningPrograms(fs: HostFs, { commands }: Host): Promise<RunningProgram[]> {
  const programs: RunningProgram[] = []
  for (const { source, pid, component } of commands) {
    if (source !== 'process' || pid === undefined) continue
    const link = await fs.readlink(`/proc/${pid}/exe`)
    if (!link.ok) continue
    // Source: proc_pid_exe(5): "If the pathname has been unlinked, the symbolic link will contain the string '(deleted)'".
    const replaced = link.value.endsWith(DELETED)
    programs.push({
      component,
      pid,
      replaced,
      target: replaced ? link.value.slice(0, -DELETED.length) : link.value,
    })
  }
  return programs
}

async function addRunning(
  byPath: Map<string, FoundBinary>,
  { component, pid, replaced, target }: RunningProgram,
  sameFile: SameFile,
  fs: HostFs,
): Promise<void> {
  const exe = `/proc/${pid}/exe`
  const process = { pid, replaced }
  for (const [key, found] of byPath) {
    if (!(await sameFile(found.opens, exe))) continue
    byPath.set(key, { ...found, processes: [...found.processes, process] })
    return
  }
  const name = projectOf(posix.basename(target)) === undefined ? component : posix.basename(target)
  // In a copy of a host nothing runs: its /proc can say what ran, but leads to no file.
  const real = replaced ? undefined : await fs.realPath(target)
  const known = real?.ok === true ? byPath.get(real.value) : undefined
  if (known !== undefined && !(await sameFile(exe, exe))) {
    byPath.set(known.opens, { ...known, processes: [...known.processes, process] })
    return
  }
  byPath.set(exe, { name, path: target, opens: exe, processes: [process] })
}
