import { posix } from 'node:path'
import { parseSystemdUnit, type UnitPart } from '../../text/index.js'
import type { FileCollector } from './file-collector.js'
import { inByteOrder } from './text-of-bytes.js'

/**
 * Folders of system units, the strongest first. Source: systemd.unit(5), Unit File Load Path.
 */
const UNIT_FOLDERS = [
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  '/run/systemd/transient',
  '/etc/systemd/system',
  '/run/systemd/system',
  '/run/systemd/generator',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
]

/** Services and sockets that may start a component; distributions name theirs so. */
const WANTED =
  /^(?:kube|k3s|k0s|rke2|docker|containerd|etcd|crio|cri-|hyperkube|origin-|snap\.(?:microk8s|docker|etcd|kube)).*\.(?:service|socket)$/

/** `/lib` is often a link to `/usr/lib`: each folder counts once. */
export async function unitFolders(collector: FileCollector): Promise<string[]> {
  const seen = new Set<string>()
  const folders: string[] = []
  for (const folder of UNIT_FOLDERS) {
    const real = await collector.fs.realPath(folder)
    if (!real.ok || seen.has(real.value)) continue
    seen.add(real.value)
    folders.push(folder)
  }
  return folders
}

/** Names of the units that may start a component, with those that stand as links in `.wants` alone. */
export async function unitNames(collector: FileCollector, folders: readonly string[]): Promise<string[]> {
  const names = new Set<string>()
  for (const folder of folders) {
    for (const name of (await collector.list(folder)) ?? []) {
      if (WANTED.test(name)) names.add(name)
      // `etcd@one.service` may stand as a link in multi-user.target.wants alone.
      if (!/\.(?:wants|requires)$/.test(name)) continue
      for (const wanted of (await collector.list(posix.join(folder, name))) ?? []) {
        if (WANTED.test(wanted)) names.add(wanted)
      }
    }
  }
  return inByteOrder(names)
}

/** `etcd@.service`: what instances are made of. */
export function isTemplate(unit: string): boolean {
  return /@\.[a-z]+$/.test(unit)
}

/** The unit's main file and its drop-ins in the order of force; undefined when it is masked or has no main file. */
export async function partsOf(
  collector: FileCollector,
  folders: readonly string[],
  unit: string,
): Promise<UnitPart[] | undefined> {
  const main = await mainFile(collector, folders, unit)
  if (main === undefined) return undefined
  const parts = [main]
  for (const dropIn of await dropIns(collector, folders, unit)) {
    const part = await readPart(collector, dropIn)
    if (part !== undefined) parts.push(part)
  }
  return parts
}

async function mainFile(
  collector: FileCollector,
  folders: readonly string[],
  unit: string,
): Promise<UnitPart | undefined> {
  const template = unit.replace(/@.*(?=\.[a-z]+$)/, '@')
  for (const name of new Set([unit, template])) {
    for (const folder of folders) {
      const path = posix.join(folder, name)
      const file = await collector.look(path)
      if (file === undefined) continue
      return isMask(file) ? undefined : readPart(collector, path)
    }
  }
  return undefined
}

/** A link to /dev/null, or an empty file. Source: systemd.unit(5), "masked". */
function isMask(file: { readonly type: string; readonly target?: string; readonly size?: number }): boolean {
  return file.target === '/dev/null' || (file.type === 'file' && file.size === 0)
}

/**
 * Drop-ins of all folders by their file names: of two of one name the stronger folder's counts alone. Folders of a
 * dashed prefix (`docker-.service.d`), of the template and of the type (`service.d`) belong to it too.
 */
async function dropIns(
  collector: FileCollector,
  folders: readonly string[],
  unit: string,
): Promise<string[]> {
  const byName = new Map<string, string | undefined>()
  for (const owner of dropInOwners(unit)) {
    for (const folder of folders) {
      const directory = posix.join(folder, `${owner}.d`)
      for (const name of (await collector.list(directory)) ?? []) {
        if (!name.endsWith('.conf') || byName.has(name)) continue
        const path = posix.join(directory, name)
        const file = await collector.look(path)
        byName.set(name, file === undefined || isMask(file) ? undefined : path)
      }
    }
  }
  return inByteOrder(byName.keys()).flatMap((name) => byName.get(name) ?? [])
}

/** The most exact owner first. */
function dropInOwners(unit: string): string[] {
  const type = unit.slice(unit.lastIndexOf('.') + 1)
  const stem = unit.slice(0, unit.lastIndexOf('.'))
  const template = unit.replace(/@.*(?=\.[a-z]+$)/, '@')
  const prefixes: string[] = []
  for (let at = stem.lastIndexOf('-'); at > 0 && prefixes.length < 20; at = stem.lastIndexOf('-', at - 1)) {
    prefixes.push(`${stem.slice(0, at)}-.${type}`)
  }
  return [...new Set([unit, template, ...prefixes, type])]
}

async function readPart(collector: FileCollector, path: string): Promise<UnitPart | undefined> {
  // Evidence and fixes belong to the file itself where the path, or a folder of it, is a link.
  const real = await collector.fs.realPath(path)
  const file = await collector.read(real.ok ? real.value : path)
  return file?.text === undefined
    ? undefined
    : { file: file.path, settings: parseSystemdUnit(file.text).settings }
}
