import { posix } from 'node:path'
import {
  known,
  type Command,
  type EffectiveConfig,
  type Estate,
  type Fact,
  type Host,
  type HostFile,
  type JsonObject,
  type Origin,
} from '../../model/index.js'
import { argumentsWithPlaces, surestFirst } from '../argument-places.js'
import { componentView, type ComponentView } from '../component.js'
import { changeSetting } from './change-setting.js'
import type { DockerdInput, StartFault } from './dockerd-input.js'
import type { Listeners } from './listeners.js'
import { resolveDockerd, type ResolvedDockerd } from './resolve.js'
import { dockerdVersionOf } from './version-of.js'

/** A Docker daemon on one host. */
export interface DockerdView extends ComponentView {
  readonly listeners: Listeners
  /** Everything that keeps it from starting. */
  readonly faults: readonly StartFault[]
  /** Keys of daemon.json that it accepts and ignores. */
  readonly ignored: readonly { readonly key: string; readonly origin: Origin }[]
  readonly rootless: boolean
  /** Whether the host was seen to be in a swarm. */
  readonly swarm: boolean
  /** A setting that is a map, `{}` when it has no members. */
  map(name: string): Fact<JsonObject>
}

/** Written when a host joins a swarm. Source: moby v28.3.3 daemon/cluster/cluster.go, stateFile. */
const SWARM_STATE = '/var/lib/docker/swarm/docker-state.json'
const CONFIG_FILE = '/etc/docker/daemon.json'
const ROOTLESS_FILE = '/.config/docker/daemon.json'

/** One view for each host with a Docker daemon (two where a rootless one was seen beside it), in the order of host names. */
export function dockerdsOf(estate: Estate): DockerdView[] {
  const hosts = [...estate.hosts].sort((left, right) => (left.name < right.name ? -1 : 1))
  return hosts.flatMap((host) => dockerdsOfHost(host, estate))
}

function dockerdsOfHost(host: Host, estate: Estate): DockerdView[] {
  const commands = surestFirst(host.commands.filter((command) => command.component === 'dockerd'))
  const rooted = commands.filter((command) => !isRootless(command))
  const rootless = commands.filter(isRootless)
  const userFiles = [...host.files.keys()].filter((path) => path.endsWith(ROOTLESS_FILE)).sort()
  const views: DockerdView[] = []
  if (rooted.length > 0 || host.files.has(CONFIG_FILE)) {
    views.push(viewOf({ host, estate, commands: rooted, rootless: false, defaultFile: CONFIG_FILE }))
  }
  if (rootless.length > 0 || (userFiles.length > 0 && views.length === 0)) {
    const home = rootless[0]?.environment?.['HOME']
    const defaultFile =
      home === undefined ? (userFiles[0] ?? `/root${ROOTLESS_FILE}`) : posix.join(home, ROOTLESS_FILE)
    views.push(viewOf({ host, estate, commands: rootless, rootless: true, defaultFile }))
  }
  return views
}

/** RootlessKit names its folder in the environment; `--rootless` says it too. Source: moby v28.3.3 pkg/rootless/rootless.go. */
function isRootless(command: Command): boolean {
  if (command.environment?.['ROOTLESSKIT_STATE_DIR'] !== undefined) return true
  return command.args.some(({ value }) => value === '--rootless' || value === '--rootless=true')
}

interface Daemon {
  readonly host: Host
  readonly estate: Estate
  readonly commands: readonly Command[]
  readonly rootless: boolean
  readonly defaultFile: string
}

function viewOf({ host, estate, commands, rootless, defaultFile }: Daemon): DockerdView {
  const [command, ...others] = commands
  const version = dockerdVersionOf(estate, host)
  const args = command === undefined ? undefined : argumentsWithPlaces(command.args, others)
  const argsGap = gapOf(command, host)
  const input: DockerdInput = {
    host: host.name,
    file: (path) => followed(host, path),
    filesSeen: host.files.size > 0,
    defaultConfigFile: defaultFile,
    rootless,
    ...(args === undefined ? {} : { args }),
    ...(argsGap === undefined ? {} : { argsGap }),
    ...(command?.pid === undefined ? {} : { pid: command.pid }),
    ...(command === undefined ? {} : { described: command.described }),
    ...(command?.environment === undefined ? {} : { environment: command.environment }),
    ...(version.known ? { version: version.value } : {}),
  }
  const resolved = resolveDockerd(input, host)
  const withPlaces = command === undefined || args === undefined ? undefined : { ...command, args }
  const context = {
    host: host.name,
    rootless,
    resolved,
    ...(version.known ? { version: version.value } : {}),
    ...(withPlaces === undefined ? {} : { command: withPlaces }),
  }
  const view = componentView(
    {
      config: resolved.config,
      host: host.name,
      machine: host,
      ...(withPlaces === undefined ? {} : { command: withPlaces }),
      distribution: host.distribution,
      version,
      change: (name, value) => changeSetting(context, name, value),
    },
    resolved.fact,
  )
  return {
    ...view,
    listeners: resolved.listeners,
    faults: resolved.faults,
    ignored: ignoredKeys(resolved, host.name),
    rootless,
    swarm: host.files.has(SWARM_STATE),
    map: (name) => mapFact(resolved, name),
  }
}

function gapOf(command: Command | undefined, host: Host): EffectiveConfig['gaps'][number] | undefined {
  if (command === undefined) {
    const where = host.processesSeen ? 'no process and no unit' : 'no unit'
    return { reason: 'no-source', detail: `${where} read here shows the flags of dockerd` }
  }
  if (command.cut === true) {
    return { reason: 'no-source', detail: `${command.described} was cut short, later arguments are missing` }
  }
  const variable = command.unresolved?.[0]
  if (variable === undefined) return undefined
  return {
    reason: 'unresolved-variable',
    detail: `${command.described} uses \`${variable}\`, whose value was not found`,
  }
}

const MAX_LINKS = 20

function followed(host: Host, path: string): HostFile | undefined {
  let here = path
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const file = host.files.get(here)
    if (file?.type !== 'symlink' || file.text !== undefined || file.target === undefined) return file
    here = posix.resolve(posix.dirname(here), file.target)
  }
  return undefined
}

function ignoredKeys({ layers }: ResolvedDockerd, host: string): DockerdView['ignored'] {
  return [...layers.file.keys.values()]
    .filter((key) => !key.effective)
    .map(({ key, line, column, path }) => ({
      key,
      origin: { kind: 'file', file: layers.file.path, host, line, column, path },
    }))
}

function mapFact({ config, fact }: ResolvedDockerd, name: string): Fact<JsonObject> {
  const members = config.settings.filter(({ setting }) => setting.startsWith(`${name}.`))
  const first = members[0]
  const asked = fact(first?.setting ?? name)
  if (!asked.known) return asked
  const entries = members.map(({ setting, value }) => [setting.slice(name.length + 1), value] as const)
  return known(Object.fromEntries(entries), asked.origin)
}
