import { DAEMON_KEYS, dockerdFlags, parseDaemonHost, releaseOf } from '../../docker/index.js'
import { isObject, type JsonValue, type Setting } from '../../model/index.js'
import { defaultClaim, settingOf, type Claim, type Layers } from './layers.js'
import { tlsSettings } from './tls-settings.js'

/** Flags that say how to start and are no settings. */
const NO_SETTINGS: ReadonlySet<string> = new Set(['help', 'version', 'validate', 'config-file', 'restart'])
const TLS: ReadonlySet<string> = new Set(['tls', 'tlsverify', 'tlscacert', 'tlscert', 'tlskey'])

/** Every setting in force by the key of daemon.json, members of maps one by one (`log-opts.max-size`), by name. */
export function settingsOf(layers: Layers): Setting[] {
  const { tls, tlsverify, files } = tlsSettings(layers)
  const settings = [tls, tlsverify, ...files, hostsSetting(layers, tls.value === true)]
  for (const name of plainKeys(layers)) {
    const setting = plainSetting(layers, name)
    if (setting !== undefined) settings.push(...spread(layers, setting))
  }
  return settings.sort((left, right) =>
    left.setting < right.setting ? -1 : left.setting > right.setting ? 1 : 0,
  )
}

function plainKeys(layers: Layers): string[] {
  const flags = dockerdFlags(releaseOf(layers.input.version))
  const keys = ['features', ...flags.filter((flag) => !NO_SETTINGS.has(flag.name)).map((flag) => flag.key)]
  const names = new Set(
    [...keys, ...layers.file.keys.keys()].filter((key) => !TLS.has(key) && key !== 'hosts'),
  )
  const known = new Set([...keys, ...DAEMON_KEYS])
  return [...names].filter((key) => known.has(key))
}

function plainSetting(layers: Layers, key: string): Setting | undefined {
  const flag = layers.flag(key)
  const file = layers.inFile(key)
  const written = layers.written(key)
  if (flag !== undefined && key === 'runtimes' && isObject(file?.value) && isObject(flag.value)) {
    return settingOf(
      key,
      { ...flag, value: Object.fromEntries([...Object.entries(flag.value), ...Object.entries(file.value)]) },
      [file],
    )
  }
  if (flag !== undefined) return settingOf(key, flag, [...layers.replaced(key), written])
  if (file !== undefined) return settingOf(key, file, [])
  const fallback = defaultOf(layers, key)
  return fallback === undefined ? undefined : settingOf(key, fallback, [written])
}

function defaultOf(layers: Layers, key: string): Claim | undefined {
  const { rootless, version } = layers.input
  const special = SPECIAL_DEFAULTS.get(key)?.(rootless)
  if (special !== undefined) return defaultClaim(special, rootless ? 'rootless' : 'dockerd', layers.home)
  const flag = dockerdFlags(releaseOf(version)).find((candidate) => candidate.key === key)
  return flag?.default === undefined ? undefined : defaultClaim(flag.default, 'dockerd', layers.home)
}

/** Defaults that depend on how the daemon runs. Source: moby v28.3.3 daemon/config/config_linux.go, setPlatformDefaults. */
const SPECIAL_DEFAULTS = new Map<string, (rootless: boolean) => JsonValue | undefined>([
  ['data-root', (rootless) => (rootless ? undefined : '/var/lib/docker')],
  ['exec-root', (rootless) => (rootless ? undefined : '/var/run/docker')],
  ['pidfile', (rootless) => (rootless ? undefined : '/var/run/docker.pid')],
  ['rootless', (rootless) => rootless],
  // The key is older than its flag.
  ['features', () => ({})],
])

function hostsSetting(layers: Layers, tls: boolean): Setting {
  const flag = layers.flag('hosts')
  const file = layers.inFile('hosts')
  if (flag !== undefined) return settingOf('hosts', flag, [layers.written('hosts')])
  if (file !== undefined) return settingOf('hosts', file, [])
  const runtimeDir = layers.input.rootless
    ? (layers.input.environment?.['XDG_RUNTIME_DIR'] ?? '/run/user/UID')
    : undefined
  const host = parseDaemonHost('', { tls, ...(runtimeDir === undefined ? {} : { runtimeDir }) })
  const value = host.kind === 'unix' ? `unix://${host.path}` : 'tcp://localhost:2376'
  const detail = tls ? 'with TLS and no `hosts` only localhost:2376' : 'the local socket alone'
  return settingOf('hosts', defaultClaim([value], detail), [layers.written('hosts')])
}

/** One setting for each member of a map, with the place of that member; an empty map stays one setting. */
function spread(layers: Layers, setting: Setting): Setting[] {
  const { value } = setting
  if (!isObject(value) || Object.keys(value).length === 0) return [setting]
  return Object.entries(value).map(([member, inner]) => ({
    ...setting,
    ...layers.memberPlace(setting, member),
    setting: `${setting.setting}.${member}`,
    value: inner ?? null,
    overridden: setting.overridden.flatMap((loser) =>
      isObject(loser.value) && Object.hasOwn(loser.value, member)
        ? [{ ...loser, value: loser.value[member] ?? null }]
        : [],
    ),
  }))
}
