import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { posix } from 'node:path'
import { dockerdFlagTable, releaseOf } from '../../docker/index.js'
import { dockerdsOf } from '../../effective/index.js'
import {
  asString,
  RampartError,
  systemCode,
  type Command,
  type Estate,
  type Host,
} from '../../model/index.js'
import { readEstate } from '../../sources/index.js'
import { flagValues, parseFlags } from '../../text/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import { processStart } from './process-start.js'

const DEFAULT_CONFIG = '/etc/docker/daemon.json'
const MOST_BYTES = 1024 * 1024

/**
 * Looks at this machine's dockerd: its process, its unit with the drop-ins, daemon.json. Of several daemons the one that
 * reads `configFile`.
 */
export async function readDaemon(options: {
  readonly configFile?: string
  /** Whether the user restarts it by a command of their own: then the process's arguments count, not the unit's. */
  readonly ownRestart: boolean
}): Promise<DaemonSeen> {
  const estate = await readEstate({ paths: [], hostRoots: ['/'] })
  const [host] = estate.hosts
  if (host === undefined) throw new RampartError('no-input', 'this machine could not be read')
  return daemonOf(estate, host, options)
}

function daemonOf(
  estate: Estate,
  host: Host,
  { configFile = DEFAULT_CONFIG, ownRestart }: { readonly configFile?: string; readonly ownRestart: boolean },
): DaemonSeen {
  const own = host.commands.filter(
    (command) => command.component === 'dockerd' && configFileOf(command) === configFile,
  )
  const running = own.find(
    ({ source, pid }) => source === 'process' && pid !== undefined && isOfThisMachine(pid),
  )
  const unitCommand = own.find(({ source }) => source === 'unit')
  const unit = unitOf(host, unitCommand, configFile)
  // What the next start will be given decides: a unit that was edited since the last one counts as it stands now.
  const command = ownRestart ? (running ?? unitCommand) : (unitCommand ?? running)
  const configText = textOf(configFile)
  const files = new Map(host.files)
  if (configText !== undefined) files.set(configFile, { path: configFile, type: 'file', text: configText })
  const asStarted =
    command === undefined ? startedBy(configFile, configText) : withConfigFile(command, configFile)
  const narrowed: Host = { ...host, files, commands: asStarted === undefined ? [] : [asStarted] }
  const [view] =
    asStarted === undefined && configText === undefined ? [] : dockerdsOf({ ...estate, hosts: [narrowed] })
  const started = running?.pid === undefined ? undefined : processStart(running.pid)
  return {
    view,
    configFile,
    configText,
    ...(unit === undefined ? {} : { unit }),
    ...(running?.pid === undefined || started === undefined
      ? {}
      : { process: { pid: running.pid, started } }),
    systemd: existsSync('/run/systemd/system'),
    ...(view?.version.known === true ? { version: view.version.value } : {}),
    text: textOf,
  }
}

/** A daemon of which only the file is known reads that file, wherever it is. */
function startedBy(configFile: string, configText: string | undefined): Command | undefined {
  if (configText === undefined || configFile === DEFAULT_CONFIG) return undefined
  return {
    component: 'dockerd',
    source: 'unit',
    executable: 'dockerd',
    args: [{ value: `--config-file=${configFile}` }],
    described: configFile,
  }
}

function withConfigFile(command: Command, configFile: string): Command {
  if (configFile === DEFAULT_CONFIG || configFileOf(command) === configFile) return command
  return { ...command, args: [...command.args, { value: `--config-file=${configFile}` }] }
}

/** A dockerd inside of a container is seen here, too, and reads another machine's files. */
function isOfThisMachine(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) === readlinkSync('/proc/self/ns/pid')
  } catch {
    return false
  }
}

function configFileOf({ args, workingDirectory = '/' }: Command): string {
  const table = dockerdFlagTable(releaseOf(undefined))
  const value = flagValues(parseFlags(args, table, { underscores: false }), table).get('config-file')?.value
  const told = asString(value)
  return told === undefined || told === '' ? DEFAULT_CONFIG : posix.resolve(workingDirectory, told)
}

const UNIT_FOLDERS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
]

function unitOf(host: Host, command: Command | undefined, configFile: string): DaemonSeen['unit'] {
  const named = /^unit (\S+)$/.exec(command?.described ?? '')?.[1]
  // A masked unit gives no command: only Docker's own is looked for then, and only for the usual file.
  const name = named ?? (configFile === DEFAULT_CONFIG ? 'docker.service' : undefined)
  if (name === undefined) return undefined
  const [main] = UNIT_FOLDERS.flatMap((folder) => host.files.get(posix.join(folder, name)) ?? [])
  if (main === undefined && command === undefined) return undefined
  const masked = command === undefined && (main?.target === '/dev/null' || main?.size === 0)
  const prefix = `/etc/systemd/system/${name}.d/`
  const dropIns = [...host.files.keys()]
    .filter((path) => path.startsWith(prefix) && path.endsWith('.conf'))
    .map((path) => path.slice(prefix.length))
  return { name, masked, dropIns, ...(command === undefined ? {} : { command }) }
}

/** A file's text, undefined where there is none; anything that cannot be read is an error that names it. */
function textOf(path: string): string | undefined {
  try {
    const bytes = readFileSync(path)
    if (bytes.length > MOST_BYTES)
      throw new RampartError('unreadable-input', `${path} is larger than ${MOST_BYTES} bytes`)
    return bytes.toString('utf8')
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (error instanceof RampartError) throw error
    throw new RampartError('unreadable-input', `${path} cannot be read (${code})`, { cause: error })
  }
}
