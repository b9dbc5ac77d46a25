import { dockerdFlags, formatDaemonHost, parseDaemonHost, releaseOf } from '../../docker/index.js'
import type { DockerdView } from '../../effective/index.js'
import {
  asStrings,
  RampartError,
  type Edit,
  type Fact,
  type JsonValue,
  type Origin,
  type Setting,
} from '../../model/index.js'
import { applyEdits } from '../edit/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import type { Restart, TlsEndpoint } from './inventory.js'
import {
  expandedFiles,
  planDropIn,
  TLS_KEYS,
  wordsOf,
  type DaemonWish,
  type FlagChange,
  type TextChange,
} from './plan-drop-in.js'
import { tcpWord } from './plan-addresses.js'

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
  const validate = validateCommand(seen, wish, { byFlag, add: hostsInFlags ? wanted : [] })
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
  const gap = view.config.gaps.find(({ reason }) => reason !== 'no-source' && reason !== 'unparsable')
  if (gap !== undefined)
    throw new RampartError(
      'unreadable-input',
      `the settings of dockerd are not all known: ${gap.detail}. Nothing was changed.`,
    )
  const fault = view.faults.find(({ certain }) => certain)
  if (fault !== undefined)
    throw new RampartError(
      'unreadable-input',
      `dockerd would not start as it is configured now, so there would be nothing to go back to: ${fault.message}${placeOf(fault.origin)}. Mend that first; nothing was changed.`,
    )
  return view
}

function placeOf(origin: Origin): string {
  if (origin.kind !== 'file' || origin.line === undefined) return ''
  return ` (line ${origin.line}${origin.column === undefined ? '' : `, column ${origin.column}`})`
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

/** The socket of this host by which dockerd is reached whatever TLS does. */
function socketOf(view: DockerdView): string | undefined {
  const found = view.listeners.seen.find(({ host }) => host.kind === 'unix')
  return found?.host.kind === 'unix' ? found.host.path : undefined
}

/**
 * dockerd checks a configuration itself from 23.0 on: with the arguments that the next start has, as it refuses a setting
 * that stands in both places. Source: moby v26.1.5 cmd/dockerd/daemon.go, loadDaemonCliConfig; `--validate` ends after it.
 */
function validateCommand(
  { version, view, configFile }: DaemonSeen,
  { restart }: DaemonWish,
  { byFlag, add }: FlagChange,
): string[] | undefined {
  const release = releaseOf(version)
  if (release === undefined || !dockerdFlags(release).some(({ name }) => name === 'validate'))
    return undefined
  const command = view?.command
  if (command === undefined || restart.kind === 'command') return undefined
  const known = command.cut !== true && (command.unresolved ?? []).length === 0
  const [program = '', ...words] = !known
    ? [command.executable]
    : byFlag.size === 0
      ? [command.executable, ...command.args.map(({ value }) => value)]
      : wordsOf(command, version, add)
  const named = words.some((word) => /^--config-file(?:=|$)/.test(word))
  return [program, '--validate', ...(named ? [] : [`--config-file=${configFile}`]), ...words]
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
