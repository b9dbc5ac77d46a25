import { posix } from 'node:path'
import type { Command, Host } from '../../model/index.js'
import { parseGroup, parsePasswd } from './accounts.js'
import { admissionReferences } from './admission-references.js'
import { readArgsFiles } from './args-files.js'
import { readDockerClients } from './docker-clients.js'
import { readContainers } from './docker-containers.js'
import { distributionOf } from './distribution.js'
import { FileCollector, type Limits } from './file-collector.js'
import type { HostFs } from './host-fs.js'
import { COMMON_PLACES, DISTRIBUTIONS, HOME_FILES, STAT_PLACES } from './places.js'
import { readProcesses } from './processes.js'
import { psCommands, type PsText } from './ps-commands.js'
import {
  isConfiguration,
  referencesOfCommand,
  referencesOfDocument,
  type PathReference,
} from './references.js'
import { readRuntimeFiles } from './runtime-files.js'
import { mountedReferences } from './mounts.js'
import { staticPodCommands } from './static-pod-commands.js'
import { staticPodFiles, staticPodFolders } from './static-pod-files.js'
import { readUnits } from './units.js'

export interface ReadHostOptions {
  readonly name: string
  /** The folder (or `/`) as the user named it. */
  readonly root: string
  /** A saved `ps`: stands in for components that /proc does not show. */
  readonly ps?: PsText
  readonly limits?: Limits
}

/** Say which version of Docker is installed. */
const PACKAGE_DATABASES = ['/var/lib/dpkg/status', '/lib/apk/db/installed']

/** Components whose version the database of packages tells. */
const PACKAGED = new Set(['dockerd', 'containerd', 'kubelet'])

/** What is mounted where, as the first process sees it. */
const MOUNTS = '/proc/1/mounts'
const MOUNTS_BYTES = 4 * 1024 * 1024

/** Configuration may name configuration that names configuration. */
const ROUNDS = 3

/**
 * Reads what matters of one host: command lines of its components, their configuration, kubeconfigs, certificates,
 * modes and owners. Nothing outside of the file system's root is touched, nothing is run. Never rejects on input.
 */
export async function readHost(fs: HostFs, options: ReadHostOptions): Promise<Host> {
  const collector = new FileCollector(fs, options.name, options.limits)
  const hostname = (await collector.read('/etc/hostname'))?.text?.trim()
  const processes = await readProcesses(fs, options.name)
  const ps = options.ps === undefined ? undefined : psCommands(options.ps, options.name)
  const inProc = new Set(processes.commands.map(({ component }) => component))
  const units = await readUnits(collector, options.name, hostname)
  const commands: Command[] = [
    ...processes.commands,
    ...(ps?.commands ?? []).filter(({ component }) => !inProc.has(component)),
    ...units.commands,
    ...(await readArgsFiles(collector)),
  ]
  await readPlaces(collector)
  if (commands.some(({ component }) => PACKAGED.has(component))) {
    for (const database of PACKAGE_DATABASES) await collector.read(database)
    // Only root may read it; for others /etc/fstab has to do.
    if ((await fs.readText(MOUNTS, MOUNTS_BYTES)).ok) await collector.read(MOUNTS)
  }
  await readContainers(collector, commands)
  await readDockerClients(collector)
  await follow(collector, commands.flatMap(referencesOfCommand))
  const textOf = (path: string): string | undefined => collector.files.get(path)?.text
  for (const command of commands) await follow(collector, admissionReferences(command, textOf))
  await readRuntimeFiles(collector, commands)
  commands.push(...(await readStaticPods(collector, commands)))
  await followDocuments(collector)
  const { files } = collector
  return {
    name: options.name,
    root: options.root,
    distribution: await distributionOf({
      exists: async (path) => (await fs.lstat(path)).ok,
      osRelease: files.get('/etc/os-release')?.text ?? files.get('/usr/lib/os-release')?.text,
      commands,
    }),
    commands,
    files: new Map([...files].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))),
    users: parsePasswd(files.get('/etc/passwd')?.text ?? ''),
    groups: parseGroup(files.get('/etc/group')?.text ?? ''),
    problems: [...collector.problems, ...processes.problems, ...(ps?.problems ?? []), ...units.problems],
    processesSeen: processes.seen || ps?.seen === true,
  }
}

async function readPlaces(collector: FileCollector): Promise<void> {
  for (const { files, folders } of [COMMON_PLACES, ...DISTRIBUTIONS]) {
    for (const file of files) await collector.read(file)
    for (const [folder, depth] of folders) await collector.readFolder(folder, depth)
  }
  for (const path of STAT_PLACES) await collector.look(path)
  for (const name of (await collector.list('/home')) ?? []) {
    for (const file of HOME_FILES) await collector.read(posix.join('/home', name, file))
  }
}

/** Manifests of the folders that kubelets watch, their command lines, and the host's files that these name. */
async function readStaticPods(collector: FileCollector, commands: readonly Command[]): Promise<Command[]> {
  const seen = { files: collector.files, commands }
  for (const folder of staticPodFolders(seen)) await collector.readFolder(folder, 0)
  const found: Command[] = []
  for (const file of staticPodFiles(seen)) {
    const inPod = staticPodCommands(file)
    found.push(...inPod)
    // The running process may have other arguments than its manifest, and sees the same mounts.
    const running = commands.filter(({ component }) =>
      inPod.some((command) => command.component === component),
    )
    const all = [...inPod, ...running]
    const outside = (references: readonly PathReference[]): PathReference[] =>
      mountedReferences(file.text ?? '', references)
    await follow(collector, outside(all.flatMap(referencesOfCommand)))
    const textOf = (path: string): string | undefined =>
      outside([{ path, how: 'text' }])
        .map((reference) => collector.files.get(reference.path)?.text)
        .find((text) => text !== undefined)
    for (const command of all) await follow(collector, outside(admissionReferences(command, textOf)))
  }
  return found
}

async function follow(collector: FileCollector, references: readonly PathReference[]): Promise<void> {
  for (const { path, how } of references) {
    if (how === 'stat') await collector.look(path)
    else if (how === 'folder') await collector.readFolder(path, 6)
    else await collector.read(path)
  }
}

async function followDocuments(collector: FileCollector): Promise<void> {
  const done = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = [...collector.files.values()].filter(({ path }) => !done.has(path))
    for (const { path, text } of fresh) {
      done.add(path)
      if (text !== undefined && isConfiguration(path, text))
        await follow(collector, referencesOfDocument(text))
    }
  }
}
