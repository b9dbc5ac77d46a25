import { posix } from 'node:path'
import {
  dockerdFlags,
  dockerdFlagTable,
  formatDaemonHost,
  parseDaemonHost,
  releaseOf,
} from '../../docker/index.js'
import type { DockerdView } from '../../effective/index.js'
import {
  asStrings,
  RampartError,
  type Command,
  type Edit,
  type Fact,
  type JsonValue,
  type Setting,
} from '../../model/index.js'
import { parseFlags } from '../../text/index.js'
import { applyEdits } from '../edit/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import type { Restart, TlsEndpoint } from './inventory.js'
import { tcpWord } from './plan-addresses.js'

/** A text file that changes, whole. */
export interface TextChange {
  readonly path: string
  /** Undefined: the file is new. */
  readonly before: string | undefined
  readonly after: string
}

/** What changes about the daemon. */
export interface DaemonChange {
  readonly changes: readonly TextChange[]
  /** The daemon's sockets that stay, as words of `hosts`. */
  readonly kept: readonly string[]
  /** Addresses over TCP that go. */
  readonly removed: readonly string[]
  /** The path of the local socket, where there is one. */
  readonly socket?: string
  /** A command that checks the new configuration, where this dockerd has one. */
  readonly validate?: readonly string[]
  readonly notes: readonly string[]
}

/** What the daemon shall do. */
export interface DaemonWish {
  readonly listen: readonly TlsEndpoint[]
  readonly files: { readonly ca: string; readonly cert: string; readonly key: string }
  readonly restart: Restart
}

const TLS_KEYS = ['tls', 'tlsverify', 'tlscacert', 'tlscert', 'tlskey'] as const

/** The addresses over TCP that the daemon has now. */
export function tcpListeners(view: DockerdView): TlsEndpoint[] {
  return view.listeners.seen.flatMap(({ host }) =>
    host.kind === 'tcp' ? [{ address: host.address, port: host.port }] : [],
  )
}

/**
 * How dockerd is restarted: by what the user says, else by its unit. A unit that is masked, or a machine without systemd,
 * is refused before anything changes.
 */
export function restartOf(seen: DaemonSeen, command: string | undefined): Restart {
  if (command !== undefined) return { kind: 'command', command }
  const { unit, systemd } = seen
  if (unit?.masked === true)
    throw new RampartError(
      'not-allowed',
      `${unit.name} is masked: systemd does not start it. \`systemctl unmask ${unit.name}\`, or say with --restart-command how dockerd is restarted here. Nothing was changed.`,
    )
  if (!systemd)
    throw new RampartError(
      'not-allowed',
      'systemd does not run this machine: say with --restart-command how dockerd is restarted here. Nothing was changed.',
    )
  if (unit === undefined)
    throw new RampartError(
      'not-allowed',
      'no systemd unit starts dockerd: say with --restart-command how it is restarted. Nothing was changed.',
    )
  return { kind: 'systemd', unit: unit.name }
}

/** Puts mutual TLS into daemon.json, and into a drop-in of the unit where its flags hold what daemon.json must not. */
export function planDaemon(seen: DaemonSeen, wish: DaemonWish): DaemonChange {
  const view = usableView(seen)
  const hosts = settingOf(view, 'hosts')
  const byFlag = flagSettings(view)
  const words = asStrings(hosts?.value)
  const tcp = words.filter((word) => isTcp(word, view))
  const kept = words.filter((word) => !isTcp(word, view))
  const wanted = wish.listen.map(tcpWord)
  const removed = tcp.filter(
    (word) => !wanted.includes(formatDaemonHost(parseDaemonHost(word, { tls: true }))),
  )
  const hostsInFlags = byFlag.has('hosts')
  const dropIn =
    byFlag.size === 0 ? undefined : planDropIn(seen, wish, { add: hostsInFlags ? wanted : [], byFlag })
  const config = planConfig(seen, wish, {
    hosts: hostsInFlags ? undefined : { kept, wanted },
  })
  const socket = socketOf(view)
  const validate = validateCommand(seen, wish)
  return {
    changes: [config, ...(dropIn === undefined ? [] : [dropIn])].filter(
      ({ before, after }) => before !== after,
    ),
    kept,
    removed,
    ...(socket === undefined ? {} : { socket }),
    ...(validate === undefined ? {} : { validate }),
    notes: notesOf(seen, { socket, removed, expanded: dropIn === undefined ? [] : expandedFiles(seen) }),
  }
}

/** The daemon's settings, or why they are no ground to plan on. */
function usableView(seen: DaemonSeen): DockerdView {
  const { view, configFile } = seen
  if (view === undefined)
    throw new RampartError(
      'no-input',
      `no Docker daemon was found here: no process, no unit and no ${configFile}. Name its file with --config-file where it is elsewhere.`,
    )
  if (view.rootless)
    throw new RampartError(
      'not-allowed',
      'this is a rootless daemon: it listens inside of a network of its own, which RootlessKit would have to forward. Reach it by an ssh:// context. Nothing was changed.',
    )
  const fault = view.faults.find(({ certain }) => certain)
  if (fault !== undefined)
    throw new RampartError(
      'unreadable-input',
      `dockerd would not start as it is configured now, so there would be nothing to go back to: ${fault.message}${placeOf(fault.origin)}. Mend that first; nothing was changed.`,
    )
  const gap = view.config.gaps.find(({ reason }) => reason !== 'no-source')
  if (gap !== undefined)
    throw new RampartError(
      'unreadable-input',
      `the settings of dockerd are not all known: ${gap.detail}. Nothing was changed.`,
    )
  return view
}

function placeOf(
  origin:
    | { readonly kind: string; readonly file?: string; readonly line?: number; readonly column?: number }
    | object,
): string {
  const { line, column } = origin as { line?: number; column?: number }
  return line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`
}

function settingOf(view: DockerdView, name: string): Setting | undefined {
  return view.config.settings.find(({ setting }) => setting === name)
}

/** The settings of this change that flags hold now: a key of daemon.json beside them would stop the start. */
function flagSettings(view: DockerdView): ReadonlySet<string> {
  return new Set(
    ['hosts', ...TLS_KEYS].filter((name) => {
      const setting = settingOf(view, name)
      if (setting === undefined) return false
      return setting.source.kind === 'flag' || setting.overridden.some(({ source }) => source.kind === 'flag')
    }),
  )
}

function isTcp(word: string, view: DockerdView): boolean {
  return parseDaemonHost(word, { tls: isOn(view.boolean('tls')) }).kind === 'tcp'
}

function isOn(fact: Fact<boolean>): boolean {
  return fact.known && fact.value
}

interface HostsChange {
  readonly kept: readonly string[]
  readonly wanted: readonly string[]
}

function planConfig(
  { configFile, configText }: DaemonSeen,
  { files }: DaemonWish,
  { hosts }: { readonly hosts: HostsChange | undefined },
): TextChange {
  const values: [string, JsonValue][] = [
    ['tlsverify', true],
    ['tlscacert', files.ca],
    ['tlscert', files.cert],
    ['tlskey', files.key],
  ]
  const words = hosts === undefined ? undefined : [...hosts.kept, ...hosts.wanted]
  if (configText === undefined || configText.trim() === '') {
    const content = { ...(words === undefined ? {} : { hosts: words }), ...Object.fromEntries(values) }
    return { path: configFile, before: configText, after: `${JSON.stringify(content, null, 2)}\n` }
  }
  const set = (key: string, value: JsonValue): Edit => ({ file: configFile, op: 'set', path: [key], value })
  const present = JSON.parse(configText.replace(/^\uFEFF/, '')) as Record<string, JsonValue | undefined>
  const edits = [
    ...(words === undefined ? [] : hostEdits(configFile, present['hosts'], words)),
    ...(present['tls'] === false ? [set('tls', true)] : []),
    ...values.flatMap(([key, value]) => (present[key] === value ? [] : [set(key, value)])),
  ]
  const { text, refused } = applyEdits(configText, edits)
  if (refused[0] !== undefined)
    throw new RampartError(
      'unreadable-input',
      `${configFile} cannot be edited without touching more than was asked: ${refused[0].reason}. Nothing was changed.`,
    )
  return { path: configFile, before: configText, after: text }
}

/** Members that stay keep their places and their form. */
function hostEdits(file: string, present: JsonValue | undefined, words: readonly string[]): Edit[] {
  if (!Array.isArray(present) || present.length === 0)
    return [{ file, op: 'set', path: ['hosts'], value: [...words] }]
  const gone = present.flatMap((word, index) =>
    typeof word === 'string' && words.includes(word) ? [] : [index],
  )
  const fresh = words.filter((word) => !present.includes(word))
  if (gone.length === present.length) return [{ file, op: 'set', path: ['hosts'], value: [...words] }]
  return [
    ...gone.map((index): Edit => ({ file, op: 'remove', path: ['hosts', index] })),
    ...fresh.map((value): Edit => ({ file, op: 'append', path: ['hosts'], value })),
  ]
}

interface FlagChange {
  /** Addresses that the flags shall hold. */
  readonly add: readonly string[]
  readonly byFlag: ReadonlySet<string>
}

/** Drop-ins are read in the order of their names, so this one comes last. */
const DROP_IN = 'zz-rampart-tls.conf'

/** The unit's command with the flags of TLS taken out, and its addresses. An empty `ExecStart=` first takes the old one back. */
function planDropIn(seen: DaemonSeen, wish: DaemonWish, change: FlagChange): TextChange {
  const { unit } = seen
  const flags = [...change.byFlag].map((key) => `--${key === 'hosts' ? 'host' : key}`).join(', ')
  if (wish.restart.kind === 'command')
    throw new RampartError(
      'not-allowed',
      `${flags} stand among the arguments of dockerd, which --restart-command gives it again: the same settings in daemon.json would stop its start. Take them out where dockerd is started; Rampart writes them to ${seen.configFile}. Nothing was changed.`,
    )
  const command = unit?.command
  if (unit === undefined || command === undefined)
    throw new RampartError(
      'not-allowed',
      `${flags} stand among the arguments of dockerd, and no unit says where. Nothing was changed.`,
    )
  if (command.cut === true || (command.unresolved ?? []).length > 0)
    throw new RampartError(
      'unreadable-input',
      `the command of ${unit.name} holds ${(command.unresolved ?? ['more than was seen']).join(', ')}, which is not known: write ExecStart= without it. Nothing was changed.`,
    )
  let name = DROP_IN
  const last = unit.dropIns
    .filter((each) => each !== DROP_IN)
    .sort()
    .at(-1)
  while (last !== undefined && name <= last) name = `z${name}`
  const words = [
    command.executable,
    ...argumentsWithout(command, seen.version),
    ...change.add.flatMap((word) => ['-H', word]),
  ]
  const after = `# Written by rampart docker setup-tls. The empty ExecStart= takes the unit's own command back.\n[Service]\nExecStart=\nExecStart=${words.map(unitWord).join(' ')}\n`
  const path = posix.join('/etc/systemd/system', `${unit.name}.d`, name)
  return { path, before: seen.text(path), after }
}

/** The arguments without TLS and without addresses over TCP. */
function argumentsWithout(command: Command, version: string | undefined): string[] {
  const release = releaseOf(version)
  const keys = new Map(dockerdFlags(release).map(({ name, key }) => [name, key]))
  const { values } = parseFlags(command.args, dockerdFlagTable(release), { underscores: false })
  const gone = new Set<number>()
  for (const { name, raw, argIndex, valueIndex } of values) {
    const key = keys.get(name) ?? name
    const tls = TLS_KEYS.some((each) => each === key)
    const tcp = key === 'hosts' && parseDaemonHost(raw, { tls: true }).kind === 'tcp'
    if (tls || tcp) for (let index = argIndex; index <= valueIndex; index += 1) gone.add(index)
  }
  return command.args.flatMap(({ value }, index) => (gone.has(index) ? [] : [value]))
}

/** Source: systemd.service(5), COMMAND LINES: `%` and `$` are doubled, blanks and quotes need quotes. */
function unitWord(word: string): string {
  const escaped = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /[\s"'\\;]/.test(escaped) ? `"${escaped.replace(/(["\\])/g, '\\$1')}"` : escaped
}

/** Files of variables whose values the drop-in now holds itself. */
function expandedFiles({ unit }: DaemonSeen): string[] {
  const files = (unit?.command?.args ?? []).flatMap(({ file }) =>
    file === undefined || /\.(?:service|conf)$/.test(file) ? [] : [file],
  )
  return [...new Set(files)]
}

/** The socket of this host by which dockerd is reached whatever TLS does. */
function socketOf(view: DockerdView): string | undefined {
  const found = view.listeners.seen.find(({ host }) => host.kind === 'unix')
  return found?.host.kind === 'unix' ? found.host.path : undefined
}

/** dockerd checks a configuration itself from 23.0 on. */
function validateCommand(
  { version, view, configFile }: DaemonSeen,
  { restart }: DaemonWish,
): string[] | undefined {
  const release = releaseOf(version)
  if (release === undefined || !dockerdFlags(release).some(({ name }) => name === 'validate'))
    return undefined
  const program = view?.command?.executable
  if (program === undefined || restart.kind === 'command') return undefined
  return [program, '--validate', `--config-file=${configFile}`]
}

function notesOf(
  { view }: DaemonSeen,
  parts: {
    readonly socket: string | undefined
    readonly removed: readonly string[]
    readonly expanded: readonly string[]
  },
): string[] {
  const { socket, removed, expanded } = parts
  const live = view?.boolean('live-restore')
  return [
    live?.known === true && live.value
      ? 'live-restore is on: containers go on while dockerd restarts'
      : 'live-restore is off: the restart stops every container, and starts again those with a restart policy',
    socket === undefined
      ? 'there is no local socket: docker on this host needs the certificate, too'
      : `the local socket ${socket} stays as it is`,
    ...removed.map((word) => `${word} goes: who used it needs a certificate and the new address`),
    ...expanded.map(
      (file) =>
        `the variables of ${file} are written out in the drop-in: changes of that file no longer reach these arguments`,
    ),
  ]
}
