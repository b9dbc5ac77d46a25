import { parseDaemonHost, releaseOf } from '../../docker/index.js'
import { asStrings, type Origin, type Setting } from '../../model/index.js'
import type { StartFault } from './dockerd-input.js'
import type { Layers } from './layers.js'

/**
 * Everything that keeps dockerd from starting, in the order in which it meets it: the command line, the file, a setting
 * that stands in both, then values.
 * Source: moby v28.3.3 daemon/config/config.go, findConfigurationConflicts, Validate; daemon/daemon_unix.go,
 * verifyDaemonSettings.
 */
export function startFaults(layers: Layers, settings: readonly Setting[]): StartFault[] {
  return [...layers.flags.faults, ...layers.file.faults, ...conflicts(layers), ...badValues(layers, settings)]
}

/** `runtimes` of both places are merged; every other setting in both stops the start, even with the same value. */
function conflicts(layers: Layers): StartFault[] {
  const faults: StartFault[] = []
  for (const { flag, from } of layers.flags.set.values()) {
    const first = from[0]
    const key = flag.name === 'host-gateway-ip' && layers.file.keys.has(flag.name) ? flag.name : flag.key
    const written = layers.written(key)
    if (written === undefined || first === undefined || key === 'runtimes') continue
    const flagOrigin = layers.flags.origin(first)
    const word = first.argument.value.split('=', 1)[0] ?? `--${flag.name}`
    faults.push({
      kind: 'conflict',
      setting: key,
      message: `\`${key}\` stands both as flag \`${word}\` (${placeWords(flagOrigin)}) and in \`${layers.file.path}\` (${placeWords(written.origin)})`,
      origin: written.origin,
      also: flagOrigin,
      certain: true,
    })
  }
  return faults
}

function placeWords(origin: Origin): string {
  if (origin.kind === 'file') return `line ${origin.line ?? 1}`
  if (origin.kind !== 'process') return 'seen'
  const { place, argIndex } = origin
  return place === undefined
    ? `argument ${argIndex}`
    : `${place.file}${place.line === undefined ? '' : `, line ${place.line}`}`
}

const LOG_LEVELS: ReadonlySet<string> = new Set([
  'panic',
  'fatal',
  'error',
  'warn',
  'warning',
  'info',
  'debug',
  'trace',
])

function badValues(layers: Layers, settings: readonly Setting[]): StartFault[] {
  const find = (name: string): Setting | undefined => settings.find((setting) => setting.setting === name)
  const faults: StartFault[] = []
  const refuse = (
    setting: Setting | undefined,
    message: string,
    origin = setting?.origin,
    certain = true,
  ): void => {
    if (setting === undefined || origin === undefined) return
    faults.push({ kind: 'value', setting: setting.setting, message, origin, certain })
  }
  const tls = find('tls')?.value === true
  const hosts = find('hosts')
  for (const [index, word] of asStrings(hosts?.value).entries()) {
    const host = parseDaemonHost(word, { tls })
    if (host.kind !== 'invalid' || hosts === undefined) continue
    refuse(
      hosts,
      `\`hosts\`: ${host.reason} in \`${word.slice(0, 100)}\``,
      layers.memberPlace(hosts, index).origin,
    )
  }
  const level = find('log-level')
  if (typeof level?.value === 'string' && !LOG_LEVELS.has(level.value.toLowerCase())) {
    refuse(level, `\`log-level\` has no level \`${level.value.slice(0, 40)}\``)
  }
  for (const name of tls ? ['tlscert', 'tlskey'] : []) {
    const file = find(name)
    if (file?.value === '') refuse(file, `\`tls\` is on and \`${name}\` is not set`, find('tls')?.origin)
  }
  const iptables = find('iptables')
  if (iptables?.value === false && find('icc')?.value === false) {
    refuse(find('icc'), '`icc` is off, which needs `iptables`, and that is off too')
  }
  if (find('bip')?.value !== '' && find('bridge')?.value !== '')
    refuse(find('bip'), '`bridge` and `bip` exclude each other')
  if (find('api-cors-header')?.value !== '' && Number(releaseOf(layers.input.version)?.split('.')[0]) >= 28) {
    refuse(find('api-cors-header'), '`api-cors-header` was removed')
  }
  return faults
}
