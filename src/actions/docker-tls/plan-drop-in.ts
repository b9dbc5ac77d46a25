import { posix } from 'node:path'
import { dockerdFlags, dockerdFlagTable, parseDaemonHost, releaseOf } from '../../docker/index.js'
import { RampartError, type Command } from '../../model/index.js'
import { parseFlags } from '../../text/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import type { Restart, TlsEndpoint } from './inventory.js'

/** A text file that changes, whole. */
export interface TextChange {
  readonly path: string
  /** Undefined: the file is new. */
  readonly before: string | undefined
  readonly after: string
}

/** What the daemon shall do. */
export interface DaemonWish {
  readonly listen: readonly TlsEndpoint[]
  readonly files: { readonly ca: string; readonly cert: string; readonly key: string }
  readonly restart: Restart
}

/** The settings of TLS, by their flags and their keys in daemon.json. */
export const TLS_KEYS = ['tls', 'tlsverify', 'tlscacert', 'tlscert', 'tlskey'] as const

export interface FlagChange {
  /** Addresses that the flags shall hold. */
  readonly add: readonly string[]
  readonly byFlag: ReadonlySet<string>
}

/** Drop-ins are read in the order of their names, so this one comes last. */
const DROP_IN = 'zz-rampart-tls.conf'

/** The unit's command with the flags of TLS taken out, and its addresses. An empty `ExecStart=` first takes the old one back. */
export function planDropIn(seen: DaemonSeen, wish: DaemonWish, change: FlagChange): TextChange {
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
  const words = wordsOf(command, seen.version, change.add)
  const after = `# Written by rampart docker setup-tls. The empty ExecStart= takes the unit's own command back.\n[Service]\nExecStart=\nExecStart=${words.map(unitWord).join(' ')}\n`
  const path = posix.join('/etc/systemd/system', `${unit.name}.d`, name)
  return { path, before: seen.text(path), after }
}

/** The command with the flags of TLS and addresses over TCP taken out, and `add` put in. */
export function wordsOf(command: Command, version: string | undefined, add: readonly string[]): string[] {
  return [command.executable, ...argumentsWithout(command, version), ...add.flatMap((word) => ['-H', word])]
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
export function expandedFiles({ unit }: DaemonSeen): string[] {
  const files = (unit?.command?.args ?? []).flatMap(({ file }) =>
    file === undefined || /\.(?:service|conf)$/.test(file) ? [] : [file],
  )
  return [...new Set(files)]
}
