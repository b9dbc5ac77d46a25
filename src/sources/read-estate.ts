import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import {
  RampartError,
  type Estate,
  type Host,
  type KubeObject,
  type Problem,
  type SourceSummary,
  type TextProvider,
  type TextSlice,
} from '../model/index.js'
import { readCluster, type ClusterWish } from './cluster/index.js'
import { composeEstate } from './compose.js'
import { daemonDoor, readDaemon } from './docker-daemon/index.js'
import { hostName } from './host-name.js'
import { isExport, readExport } from './export/index.js'
import {
  atRest,
  containerObjects,
  diskFs,
  findHostRoots,
  isHostRoot,
  memoryFs,
  readHost,
  refusalText,
  staticPodObjects,
  type HostFs,
} from './host/index.js'
import { readManifests } from './manifests/index.js'
import { isSnapshot, readSnapshot } from './snapshot/index.js'

/** What to read. Nothing else is opened. */
export interface EstatePaths {
  /** Manifests, folders, globs, exports, snapshots, folders of host roots; `-` is standard input. */
  readonly paths?: readonly string[]
  /** Roots of hosts; `/` is this machine. */
  readonly hostRoots?: readonly string[]
  /** A saved `ps` of the one host root that is given, or of a host of which nothing else is known. */
  readonly ps?: string
  /** Running clusters, each through its own door. */
  readonly clusters?: readonly ClusterWish[]
  /** UNIX sockets of running Docker daemons. */
  readonly dockerSockets?: readonly string[]
  readonly onProgress?: (text: string) => void
  /** Whether the processes of a host root are left out: a disk, or files before their services start anew. */
  readonly isAtRest?: (root: string) => boolean
}

/** What has been read so far. */
interface Reading {
  readonly objects: KubeObject[]
  readonly hosts: Host[]
  readonly problems: Problem[]
  readonly sources: SourceSummary[]
  readonly texts: TextProvider[]
}

/**
 * Reads everything that is named into one estate. What cannot be read is a problem of the estate, and reading goes on.
 * Throws RampartError only when what was asked makes no sense (a `ps` without its host, a damaged snapshot).
 */
export async function readEstate(options: EstatePaths): Promise<Estate> {
  const reading: Reading = { objects: [], hosts: [], problems: [], sources: [], texts: [] }
  const roots = [...new Set(options.hostRoots ?? [])]
  if (options.ps !== undefined && roots.length > 1) {
    throw new RampartError('usage', '--ps belongs to one host: name only one with --host-root or --host')
  }
  const manifests: string[] = []
  const skipped = new Set<string>()
  for (const name of new Set(options.paths ?? [])) {
    const found = await classify(name)
    for (const file of found.snapshots) await takeSnapshot(reading, file)
    for (const folder of found.exports) await takeExport(reading, folder, options)
    roots.push(...found.roots)
    const elsewhere = [...found.snapshots, ...found.exports, ...found.roots]
    for (const place of elsewhere) skipped.add(path.resolve(place))
    if (!elsewhere.includes(name)) manifests.push(name)
  }
  for (const root of [...new Set(roots)].sort()) {
    const top = await diskFs(root).readdir('/')
    if (top.ok) await takeHost(reading, diskFs(root), root, options)
    else reading.problems.push(unreadableRoot(root, refusalText(top.refusal)))
  }
  // Processes alone are a host too: one whose files were not given.
  if (roots.length === 0 && options.ps !== undefined)
    await takeHost(reading, memoryFs({}), options.ps, options)
  if (manifests.length > 0) await takeManifests(reading, manifests, skipped, options)
  for (const socket of new Set(options.dockerSockets ?? [])) await takeDaemon(reading, socket, options)
  for (const wish of options.clusters ?? []) await takeCluster(reading, wish, options)
  return composeEstate({ ...reading, readFile: hostText(reading.hosts), readSlice: sliceText(reading.texts) })
}

/** What a name stands for; what is in none of the three is read as manifests. */
interface Places {
  readonly snapshots: readonly string[]
  readonly exports: readonly string[]
  readonly roots: readonly string[]
}

const NOTHING: Places = { snapshots: [], exports: [], roots: [] }
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules'])

async function classify(name: string): Promise<Places> {
  const found = name === '-' ? undefined : await stat(name).catch(() => undefined)
  if (found === undefined) return NOTHING
  if (found.isFile() && (await isSnapshot(name))) return { ...NOTHING, snapshots: [name] }
  if (found.isFile()) return (await isExport(name)) ? { ...NOTHING, exports: [name] } : NOTHING
  if (!found.isDirectory()) return NOTHING
  if (await isHostRoot(name)) return { ...NOTHING, roots: [name] }
  if (await isExport(name)) return { ...NOTHING, exports: [name] }
  return { ...NOTHING, roots: await findHostRoots(name), exports: await exportsIn(name) }
}

/** Folders directly in a folder that are exports: an estate beside its hosts and manifests. */
async function exportsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name))
  const exports: string[] = []
  for (const { name } of folders) {
    const inside = path.join(folder, name)
    if (!(await isHostRoot(inside)) && (await isExport(inside))) exports.push(inside)
  }
  return exports.sort()
}

async function takeSnapshot(reading: Reading, file: string): Promise<void> {
  const parts = await readSnapshot(file)
  append(reading.objects, parts.objects)
  reading.hosts.push(...parts.hosts)
  append(reading.problems, parts.problems)
  reading.sources.push(...parts.sources)
}

async function takeExport(reading: Reading, name: string, options: EstatePaths): Promise<void> {
  const parts = await readExport(name, progressOf(options))
  append(reading.objects, parts.objects)
  append(reading.problems, parts.problems)
  reading.sources.push(...parts.summary)
  reading.texts.push(parts.texts)
}

async function takeManifests(
  reading: Reading,
  names: readonly string[],
  skip: ReadonlySet<string>,
  options: EstatePaths,
): Promise<void> {
  const parts = await readManifests(names, {
    ...progressOf(options),
    stdin: process.stdin,
    skipFolders: skip,
  })
  append(reading.objects, parts.objects)
  append(reading.problems, parts.problems)
  reading.sources.push(...parts.summary)
  reading.texts.push(parts.texts)
}

async function takeHost(reading: Reading, fs: HostFs, root: string, options: EstatePaths): Promise<void> {
  options.onProgress?.(`reading host ${root}`)
  const ps = options.ps === undefined ? undefined : { file: options.ps, text: await psText(options.ps) }
  const host = await readHost(options.isAtRest?.(root) === true ? atRest(fs) : fs, {
    name: await hostName(fs, root, new Set(reading.hosts.map((host) => host.name))),
    root,
    ...(ps === undefined ? {} : { ps }),
  })
  // A mount that failed, or a wrong folder: no host without anything of it, whose checks would all pass.
  const seen = host.commands.length > 0 || [...host.files.keys()].some((file) => file !== '/')
  if (!seen && !host.processesSeen) {
    reading.problems.push(...host.problems, unreadableRoot(root, 'nothing of a host is in it'))
    return
  }
  const pods = staticPodObjects(host)
  reading.hosts.push(host)
  const containers = containerObjects(host)
  append(reading.objects, pods.objects)
  append(reading.objects, containers)
  append(reading.problems, [...host.problems, ...pods.problems])
  reading.sources.push({
    kind: 'host',
    name: host.name,
    objects: pods.objects.length + containers.length,
    files: host.files.size,
    complete: false,
  })
}

function unreadableRoot(root: string, why: string): Problem {
  return {
    code: 'unreadable',
    message: `this is no root of a host: ${why}`,
    level: 'error',
    place: { file: root },
  }
}

async function takeDaemon(reading: Reading, socket: string, options: EstatePaths): Promise<void> {
  options.onProgress?.(`asking Docker at ${socket}`)
  const door = await daemonDoor(socket)
  try {
    const read = await readDaemon(door, options.onProgress)
    append(reading.objects, read.objects)
    append(reading.problems, read.problems)
    reading.sources.push(read.summary)
    reading.texts.push(read.texts)
  } finally {
    door.close()
  }
}

async function takeCluster(reading: Reading, wish: ClusterWish, options: EstatePaths): Promise<void> {
  const read = await readCluster(wish, options.onProgress)
  append(reading.objects, read.objects)
  append(reading.problems, read.problems)
  reading.sources.push(read.summary)
  reading.texts.push({ read: read.readSlice })
}

async function psText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function progressOf({ onProgress }: EstatePaths): { onProgress?: (text: string) => void } {
  return onProgress === undefined ? {} : { onProgress }
}

function hostText(hosts: readonly Host[]): (file: string, host: string | undefined) => string | undefined {
  const byName = new Map(hosts.map((host) => [host.name, host]))
  return (file, host) => (host === undefined ? undefined : byName.get(host)?.files.get(file)?.text)
}

function sliceText(texts: readonly TextProvider[]): (slice: TextSlice) => string | undefined {
  return (slice) => {
    for (const provider of texts) {
      const text = provider.read(slice)
      if (text !== undefined) return text
    }
    return undefined
  }
}

/** Not by spreading: a list of 100,000 arguments is more than a stack holds. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item)
}
