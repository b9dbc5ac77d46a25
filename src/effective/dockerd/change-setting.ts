import { dockerdFlags, releaseOf } from '../../docker/index.js'
import type { Command, Edit, Fix, JsonPath, JsonValue, Risk, Setting } from '../../model/index.js'
import { maskText, scalarText } from '../../text/index.js'
import type { ResolvedDockerd } from './resolve.js'

/** What a change of a dockerd's setting needs to know of it. */
export interface ChangeContext {
  readonly host: string
  readonly rootless: boolean
  readonly version?: string
  readonly resolved: ResolvedDockerd
  readonly command?: Command
}

/**
 * The fix that puts a setting to a value at the place that sets it: the key of daemon.json, or the flag in the unit's
 * file. A setting must never stand in both, so nothing is added to daemon.json while a flag holds it.
 */
export function changeSetting(context: ChangeContext, name: string, value: JsonValue): Fix {
  const setting = context.resolved.config.settings.find((candidate) => candidate.setting === name)
  const frame = frameOf(context, name)
  const wanted = `\`${name}\` to \`${typeof value === 'string' ? value : JSON.stringify(value)}\``
  const holder = flagHolder(context, name, setting)
  if (holder !== undefined)
    return changeFlag(context, holder, value, { wanted, frame: frameOf(context, name, true) })
  const unclear = whyNotInFile(context)
  if (unclear !== undefined) return { ...frame, text: `Set ${wanted} ${unclear}.`, edits: [], commands: [] }
  return changeFile(context, name, value, { wanted, frame })
}

type Frame = Omit<Fix, 'text' | 'edits' | 'commands'> & { readonly restart: string }

interface Wording {
  readonly wanted: string
  readonly frame: Frame
}

function changeFile(context: ChangeContext, name: string, value: JsonValue, { wanted, frame }: Wording): Fix {
  const { path: file, present } = context.resolved.layers.file
  const after = `${validateWords(context, file)}, then run \`${frame.restart}\``
  const edit: Edit = { host: context.host, file, op: 'set', path: pathOf(context, name), value }
  const where = present ? `in \`${file}\`` : `write \`${file}\`, which does not exist`
  return {
    ...frame,
    text: `Set ${wanted}${present ? ' ' : ': '}${where}; ${after}.`,
    edits: [edit],
    commands: [],
  }
}

/** A key inside `proxies` or a map; a key that already stands there keeps its place. */
function pathOf(context: ChangeContext, name: string): JsonPath {
  const written = context.resolved.layers.file.keys.get(name)
  if (written !== undefined) return written.path
  const cut = name.indexOf('.')
  return cut < 0 ? [name] : [name.slice(0, cut), name.slice(cut + 1)]
}

interface Holder {
  readonly flag: string
  readonly word: string
  readonly argIndex: number
  readonly file?: string
  readonly repeated: boolean
}

/** The flag that sets a setting, or the map that it belongs to: a key in daemon.json beside it would stop the start. */
function flagHolder(context: ChangeContext, name: string, setting: Setting | undefined): Holder | undefined {
  const key = name.split('.', 1)[0] ?? name
  const { flags } = context.resolved.layers
  // `tls` that `tlsverify` implies is set by the other flag, which stays.
  const set = [...flags.set.values()].find(({ flag }) => flag.key === key)
  const last = set?.from.at(-1)
  if (set === undefined || last === undefined || (name !== key && key === 'runtimes')) return undefined
  if (setting?.source.kind === 'file') return undefined
  const { argument, argIndex } = last
  return {
    flag: `--${set.flag.name}`,
    word: argument.value,
    argIndex,
    ...(argument.file === undefined ? {} : { file: argument.file }),
    repeated: set.from.length > 1 || key !== name,
  }
}

/** Folders that packages write: their files are replaced at the next update, so a drop-in is right. */
const PACKAGED = /^\/(?:usr\/)?lib\//

function changeFlag(
  context: ChangeContext,
  holder: Holder,
  value: JsonValue,
  { wanted, frame }: Wording,
): Fix {
  const { flag, word, file } = holder
  const editable =
    (word.includes('=') || typeof value === 'boolean') && word.startsWith('--') && !holder.repeated
  const restart = `run \`systemctl daemon-reload\` and \`${frame.restart}\``
  if (file !== undefined && editable && !PACKAGED.test(file) && typeof value !== 'object') {
    const edit: Edit = { host: context.host, file, op: 'setFlag', path: [flag], value: scalarText(value) }
    const text = `Set ${wanted}: \`${flag}=${scalarText(value)}\` in \`${file}\`; then ${restart}.`
    return { ...frame, text, edits: [edit], commands: [] }
  }
  const where =
    file === undefined ? `where dockerd is started (argument ${holder.argIndex})` : `in \`${file}\``
  const dropIn = dropInText(context, holder, value)
  const how =
    dropIn === undefined
      ? `change \`${flag}\` ${where}, and do not add the key to daemon.json beside it`
      : `\`${flag}\` stands ${where}; write a drop-in \`/etc/systemd/system/docker.service.d/override.conf\`:\n${dropIn}\n`
  return { ...frame, text: `Set ${wanted}: ${how}; then ${restart}.`, edits: [], commands: [] }
}

/** The unit's command with one flag changed. An empty `ExecStart=` first takes the packaged one back. */
function dropInText(context: ChangeContext, holder: Holder, value: JsonValue): string | undefined {
  const { command } = context
  if (command === undefined || holder.repeated || typeof value === 'object') return undefined
  if (command.cut === true || (command.unresolved ?? []).length > 0) return undefined
  const words = command.args.map((argument) => argument.value)
  const takesNext = !holder.word.includes('=') && typeof value !== 'boolean'
  const changed = [...words.slice(0, holder.argIndex), `${holder.flag}=${scalarText(value)}`]
  const rest = words.slice(holder.argIndex + (takesNext ? 2 : 1))
  const line = [command.executable, ...changed, ...rest].map(unitWord).join(' ')
  return `[Service]\nExecStart=\nExecStart=${maskText(line)}`
}

function unitWord(word: string): string {
  const escaped = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /[\s"'\\;]/.test(escaped) ? `"${escaped.replace(/(["\\])/g, '\\$1')}"` : escaped
}

function whyNotInFile(context: ChangeContext): string | undefined {
  const { file, input } = context.resolved.layers
  if (file.gap?.reason === 'unparsable') return `once \`${file.path}\` is valid JSON again`
  if (file.gap !== undefined) return `where it belongs: ${file.gap.detail}`
  if (input.argsGap !== undefined && !file.present) {
    return `in \`${file.path}\`, unless a flag sets it: the command line of dockerd was not seen`
  }
  return undefined
}

/** Keys that dockerd reads again on SIGHUP. Source: moby v28.3.3 daemon/reload.go. */
const RELOADED: ReadonlySet<string> = new Set([
  'authorization-plugins',
  'debug',
  'default-runtime',
  'features',
  'insecure-registries',
  'labels',
  'live-restore',
  'max-concurrent-downloads',
  'max-concurrent-uploads',
  'max-download-attempts',
  'registry-mirrors',
  'runtimes',
  'shutdown-timeout',
])

/** What stops working when a setting is changed on a host that runs containers. */
const BREAKS: ReadonlyMap<string, string> = new Map([
  [
    'userns-remap',
    'images and containers of before are hidden under another data folder, owners of volumes no longer fit, and containers that share namespaces of the host need --userns=host',
  ],
  [
    'icc',
    'containers of the default bridge no longer reach one another except through published ports or links',
  ],
  [
    'live-restore',
    'swarm mode refuses it, and an update over a minor version may not take the running containers over',
  ],
  [
    'no-new-privileges',
    'programs in new containers that rely on setuid or file capabilities (sudo, ping) fail',
  ],
  ['iptables', 'rules made by hand may clash with those that Docker then makes'],
  [
    'userland-proxy',
    'published ports are no longer reached from the host by its loopback address where hairpin NAT is off',
  ],
  ['hosts', 'clients that use the address that goes away'],
  ['storage-driver', 'images and containers of the old driver are no longer seen until it is set back'],
  ['insecure-registries', 'pulls from registries that have no certificate that is trusted here'],
  ['registry-mirrors', 'pulls go to the registries themselves while the mirror has no TLS'],
  ['authorization-plugins', 'every request is refused while the plugin does not answer'],
])

/** Changes that must be named before they are made: a precondition that stays open keeps them advice. */
const NAMED_ONLY: ReadonlyMap<string, string> = new Map([
  ['userns-remap', 'the owner of this host agrees to the remapping of every container and volume'],
  ['icc', 'no containers of the default bridge talk to one another'],
  ['no-new-privileges', 'no container needs setuid programs'],
])

/** Flags are read at the start alone; some keys of daemon.json again on SIGHUP. */
function frameOf(context: ChangeContext, name: string, byFlag = false): Frame {
  const key = name.split('.', 1)[0] ?? name
  const service = context.rootless ? 'systemctl --user' : 'systemctl'
  const reload = !byFlag && RELOADED.has(key)
  const breaks = BREAKS.get(key)
  const named = NAMED_ONLY.get(key)
  const risk: Risk = breaks !== undefined && key !== 'live-restore' ? 'traffic' : reload ? 'none' : 'restart'
  return {
    risk,
    needs: named === undefined ? [] : [{ text: named, met: 'unknown' }],
    restart: `${service} ${reload ? 'reload' : 'restart'} docker`,
    verify: 'docker info',
    ...(breaks === undefined ? {} : { breaks }),
  }
}

/** dockerd checks a file itself from 23.0 on. */
function validateWords(context: ChangeContext, file: string): string {
  const release = releaseOf(context.version)
  const command = `dockerd --validate --config-file=${file}`
  if (release === undefined) return `check it with \`${command}\` (23.0 and newer)`
  const has = dockerdFlags(release).some((flag) => flag.name === 'validate')
  return has ? `check it with \`${command}\`` : 'check that it is valid JSON'
}
