import { posix } from 'node:path'
import type { Command, Problem } from '../../model/index.js'
import {
  execLines,
  parseEnvFile,
  parseSystemdUnit,
  serviceOf,
  type Service,
  type ServiceVariable,
  type UnitPart,
} from '../../text/index.js'
import { componentOf } from './components.js'
import type { FileCollector } from './file-collector.js'
import { settingsAmong } from './processes.js'
import { inByteOrder } from './text-of-bytes.js'

/**
 * Folders of system units, the strongest first. Source: systemd.unit(5), Unit File Load Path.
 */
export const UNIT_FOLDERS = [
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

/** The command lines that the host's systemd units would run, and the unit files themselves. */
export async function readUnits(
  collector: FileCollector,
  host: string,
  hostname: string | undefined,
): Promise<{ commands: Command[]; problems: Problem[] }> {
  const folders = await unitFolders(collector)
  const commands: Command[] = []
  const problems: Problem[] = []
  for (const unit of await unitNames(collector, folders)) {
    const parts = await partsOf(collector, folders, unit)
    if (parts === undefined || !unit.endsWith('.service') || isTemplate(unit)) continue
    const service = serviceOf(parts)
    const { variables, unseen } = await variablesOf(collector, service)
    for (const { file, place } of unseen) {
      problems.push({
        code: 'unreadable',
        level: 'warning',
        message: `an environment file of \`${unit}\` was not found: \`$VARIABLES\` that it may set are unknown`,
        place: { file, host, line: place.line, column: place.column },
      })
    }
    const lines = execLines(service.execStart, {
      variables: variables.filter(({ name }) => !service.unset.has(name)),
      variableUnknown: (name) => service.passed.has(name) || unseen.length > 0,
      unit,
      ...(hostname === undefined ? {} : { hostname }),
    })
    for (const line of lines) {
      const start = componentOf(line.executable, line.args, (argument) => argument.value)
      if (start === undefined) continue
      commands.push({
        component: start.component,
        source: 'unit',
        executable: start.executable,
        args: start.args,
        described: `unit ${unit}`,
        ...(service.workingDirectory === undefined ? {} : { workingDirectory: service.workingDirectory }),
        ...(line.unresolved.length === 0 ? {} : { unresolved: line.unresolved }),
        environment: settingsAmong(
          start.component,
          variables.map(({ name, value }) => `${name}=${value.text}`),
        ),
      })
    }
  }
  return { commands, problems }
}

/** `/lib` is often a link to `/usr/lib`: each folder counts once. */
async function unitFolders(collector: FileCollector): Promise<string[]> {
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

async function unitNames(collector: FileCollector, folders: readonly string[]): Promise<string[]> {
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

function isTemplate(unit: string): boolean {
  return /@\.[a-z]+$/.test(unit)
}

/** The unit's main file and its drop-ins in the order of force; undefined when it is masked or has no main file. */
async function partsOf(
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

type EnvironmentFile = Service['environmentFiles'][number]

/** Variables of the unit, then those of its files, which win; and the files that should be there and are not. */
async function variablesOf(
  collector: FileCollector,
  service: Service,
): Promise<{ variables: ServiceVariable[]; unseen: EnvironmentFile[] }> {
  const variables = [...service.environment]
  const unseen: EnvironmentFile[] = []
  for (const wanted of service.environmentFiles) {
    const paths = await globbed(collector, wanted.path)
    let read = 0
    for (const path of paths) {
      const file = await collector.read(path)
      if (file?.text === undefined) {
        if (file !== undefined || !wanted.optional) unseen.push(wanted)
        continue
      }
      read += 1
      const { assignments } = parseEnvFile(file.text)
      variables.push(...assignments.map(({ name, value }) => ({ name, value, file: path })))
    }
    if (read === 0 && paths.length === 0 && !wanted.optional) unseen.push(wanted)
  }
  return { variables, unseen }
}

/** `EnvironmentFile=` may hold wildcards in its last step. */
async function globbed(collector: FileCollector, path: string): Promise<string[]> {
  if (!path.startsWith('/')) return []
  const name = posix.basename(path)
  if (!/[*?]/.test(name)) return [path]
  const names = (await collector.list(posix.dirname(path))) ?? []
  return names.filter((each) => matches(name, each)).map((each) => posix.join(posix.dirname(path), each))
}

/** Wildcards without backtracking into themselves: each `*` takes the shortest stretch that fits. */
function matches(pattern: string, name: string): boolean {
  let p = 0
  let star = -1
  let retry = 0
  for (let n = 0; n < name.length;) {
    if (pattern[p] === '*') {
      star = p++
      retry = n
    } else if (pattern[p] === '?' || (p < pattern.length && pattern[p] === name[n])) {
      p += 1
      n += 1
    } else if (star >= 0) {
      p = star + 1
      n = ++retry
    } else return false
  }
  return /^\**$/.test(pattern.slice(p))
}
