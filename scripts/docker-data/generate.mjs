// Makes data/dockerd.json from the published Go modules of several versions of dockerd: node scripts/docker-data/generate.mjs
// Needs Go and the Go module proxy; the result is committed, so that nothing else needs them.
// It reads the statements that define flags and the struct tags of the configuration, which are regular in all versions.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Newest patch of each release line that was read; 29 is built from the module moby/moby/v2. */
const RELEASES = [
  ['20.10', 'github.com/docker/docker@v20.10.27+incompatible'],
  ['23.0', 'github.com/docker/docker@v23.0.15+incompatible'],
  ['24.0', 'github.com/docker/docker@v24.0.9+incompatible'],
  ['25.0', 'github.com/docker/docker@v25.0.8+incompatible'],
  ['26.1', 'github.com/docker/docker@v26.1.5+incompatible'],
  ['27.5', 'github.com/docker/docker@v27.5.1+incompatible'],
  ['28.3', 'github.com/docker/docker@v28.3.3+incompatible'],
  ['29.0', 'github.com/moby/moby/v2@v2.0.0-beta.24'],
]

/** Defaults that the sources name by an expression, as `dockerd --help` prints them on Linux. */
const NAMED_DEFAULTS = {
  'conf.MaxConcurrentDownloads': '3',
  'config.DefaultMaxConcurrentDownloads': '3',
  'conf.MaxConcurrentUploads': '5',
  'config.DefaultMaxConcurrentUploads': '5',
  'conf.MaxDownloadAttempts': '5',
  'config.DefaultDownloadAttempts': '5',
  'conf.ShutdownTimeout': '15',
  defaultShutdownTimeout: '15',
  'conf.NetworkControlPlaneMTU': '1500',
  'config.DefaultNetworkMtu': '1500',
  'conf.MTU': '1500',
  'conf.Mtu': '1500',
  'conf.ContainerdNamespace': 'moby',
  'daemon.ContainersNamespace': 'moby',
  'conf.ContainerdPluginNamespace': 'plugins.moby',
  'containerd.PluginNamespace': 'plugins.moby',
  'conf.DefaultRuntime': 'runc',
  'config.StockRuntimeName': 'runc',
  'conf.IpcMode': 'private',
  'config.DefaultIpcMode': 'private',
  'conf.LogConfig.Type': 'json-file',
  'conf.DaemonLogConfig.LogLevel': 'info',
  'conf.DaemonLogConfig.RawLogs': 'false',
  'conf.SeccompProfile': 'builtin',
  'conf.BridgeConfig.EnableUserlandProxy': 'true',
  'net.IPv4zero': '0.0.0.0',
  'string(log.TextFormat)': 'text',
  DefaultTLSValue: 'false',
  'dockerTLSVerify || DefaultTLSValue': 'false',
  'conf.DefaultStopTimeout': '10',
}

const CONSTANTS = { FlagTLS: 'tls', FlagTLSVerify: 'tlsverify' }
const NAMED_OPTIONS = /New(?:Named|MapOpts|ListOpts)\w*\(\s*"([^"]+)"/

const releases = RELEASES.map(([version, module]) => ({ version, module, ...readRelease(folderOf(module)) }))
const text = JSON.stringify(
  {
    source: 'moby/moby: cmd/dockerd (daemon/command) flags, daemon/config struct tags',
    releases: RELEASES.map(([version, module]) => ({ version, module })),
    flags: merged(releases, 'flags'),
    keys: merged(releases, 'keys'),
  },
  null,
  1,
)
writeFileSync(path.join(import.meta.dirname, '../../data/dockerd.json'), `${text}\n`)

function folderOf(module) {
  const answer = execFileSync('go', ['mod', 'download', '-json', module], { cwd: '/', encoding: 'utf8' })
  return JSON.parse(answer).Dir
}

function readRelease(root) {
  const command = existsSync(path.join(root, 'cmd/dockerd/config.go')) ? 'cmd/dockerd' : 'daemon/command'
  const files = [
    'config.go',
    'config_unix.go',
    'config_common_unix.go',
    'options.go',
    'docker.go',
    'daemon_linux.go',
  ]
  const flagSource = sources(root, command, files)
  const config = sources(root, 'daemon/config', [
    'config.go',
    'config_linux.go',
    'config_unix.go',
    'config_common_unix.go',
    'builder.go',
  ])
  const registry = sources(
    root,
    existsSync(path.join(root, 'registry')) ? 'registry' : 'daemon/pkg/registry',
    ['config.go'],
  )
  return { flags: readFlags(flagSource), keys: readKeys(config, registry) }
}

function sources(root, folder, files) {
  const present = new Set(readdirSync(path.join(root, folder)))
  return files
    .filter((file) => present.has(file))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'))
    .join('\n')
}

function readFlags(source) {
  const flags = {
    help: { type: 'bool' },
    version: { type: 'bool', shorthand: 'v' },
    'config-file': { type: 'string' },
  }
  const variables = new Map(
    [...source.matchAll(/(\w+)\s*:?=\s*(opts\.New\w+\(.*)$/gm)].map((match) => [match[1], match[2]]),
  )
  for (const [, method, rest] of source.matchAll(/^\s*flags\.(\w*Var)P?\((.*)$/gm)) {
    const args = splitArguments(rest)
    const at = args.findIndex((arg, index) => index > 0 && (/^"[\w-]+"$/.test(arg) || arg in CONSTANTS))
    if (at < 0) continue
    const name = CONSTANTS[args[at]] ?? args[at].slice(1, -1)
    const after = args.slice(at + 1)
    const shorthand = /^"\w"$/.test(after[0] ?? '') ? after.shift().slice(1, -1) : undefined
    const value = variables.get(args[0]) ?? args[0]
    flags[name] = describeFlag(method, value, shorthand, after)
  }
  for (const [, name] of source.matchAll(/flags\.MarkDeprecated\("([^"]+)"/g)) {
    if (flags[name] !== undefined) flags[name].deprecated = true
  }
  return flags
}

function describeFlag(method, value, shorthand, after) {
  const key = /NewNRIOptsRef|NewNamedNRIOptsRef/.test(value) ? 'nri-opts' : NAMED_OPTIONS.exec(value)?.[1]
  const kinds = [
    [/Ulimit/, 'ulimits'],
    [/Runtime/, 'runtimes'],
    [/MapMap/, 'mapOfMaps'],
    [/MapOpts/, 'map'],
    [/SetOpts/, 'switches'],
    [/DefaultAddressPools/, 'pools'],
    [/ListOpts|IPListOpts/, 'list'],
    [/QuotedString/, 'string'],
    [/ShmSize/, 'bytes'],
  ]
  const types = {
    BoolVar: 'bool',
    StringVar: 'string',
    IntVar: 'int',
    Int64Var: 'int64',
    IPVar: 'ip',
    IPSliceVar: 'strings',
  }
  const type = types[method] ?? kinds.find(([pattern]) => pattern.test(value))?.[1] ?? 'string'
  const named = type === 'pools' ? 'default-address-pools' : key
  const fallback = types[method] === undefined ? undefined : defaultOf(after[0])
  return {
    type,
    ...(shorthand === undefined ? {} : { shorthand }),
    ...(named === undefined ? {} : { key: named }),
    ...(fallback === undefined ? {} : { default: fallback }),
  }
}

function defaultOf(expression) {
  if (expression === undefined) return undefined
  if (/^"(.*)"$/.test(expression)) return expression.slice(1, -1)
  if (/^(true|false|\d+)$/.test(expression)) return expression
  return NAMED_DEFAULTS[expression]
}

/** Cuts the arguments of a call at commas outside of brackets and quotes. */
function splitArguments(rest) {
  const args = []
  let depth = 0
  let quote = ''
  let current = ''
  for (const sign of rest) {
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '"' || sign === '`') quote = sign
    else if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    if (depth < 0) break
    if (sign === ',' && depth === 0 && quote === '') {
      args.push(current.trim())
      current = ''
    } else current += sign
  }
  return [...args, current.trim()]
}

/** JSON keys that the daemon decodes, with their type; keys of `proxies` stand inside that map. */
function readKeys(config, registry) {
  const keys = {}
  const proxies = /type Proxies struct \{([^}]*)\}/.exec(config)?.[1] ?? ''
  const builder = /type Builder\w+ struct \{[^}]*\}/g
  for (const source of [config.replace(builder, ''), registry]) {
    for (const [line, type, key] of source.matchAll(/^\s*\w*\s+(\S+)\s+`json:"([\w-]+)/gm)) {
      if (key === '-' || key.length < 2) continue
      const inside = proxies.includes(line.trim()) ? ['proxies', key] : undefined
      keys[key] = { type: typeOf(type), ...(inside === undefined ? {} : { path: inside }) }
    }
  }
  return keys
}

function typeOf(goType) {
  const type = goType.replace(/^\*/, '')
  if (type === 'bool') return 'bool'
  if (/^u?int/.test(type)) return 'int'
  if (type === '[]string' || type === '[]net.IP' || type === '[]netip.Addr') return 'strings'
  if (type === 'map[string]string') return 'mapOfStrings'
  if (type === 'map[string]bool') return 'mapOfBools'
  if (type.startsWith('map[')) return 'map'
  if (type === 'string' || type === 'net.IP' || /OutputFormat$/.test(type)) return 'string'
  if (/MemBytes$/.test(type)) return 'bytes'
  return 'any'
}

/** One table over all releases: what every release says alike once, `in` and `defaults` where they differ. */
function merged(all, part) {
  const names = [...new Set(all.flatMap((release) => Object.keys(release[part])))].sort()
  return Object.fromEntries(
    names.map((name) => {
      const holders = all.filter((release) => release[part][name] !== undefined)
      const { default: _, deprecated: __, ...newest } = holders.at(-1)[part][name]
      const defaults = new Map(holders.map((release) => [release.version, release[part][name].default]))
      const values = new Set(defaults.values())
      return [
        name,
        {
          ...newest,
          ...(holders.length === all.length ? {} : { in: holders.map((release) => release.version) }),
          ...(values.size === 1 && [...values][0] !== undefined ? { default: [...values][0] } : {}),
          ...(values.size > 1 ? { defaults: Object.fromEntries(defaults) } : {}),
        },
      ]
    }),
  )
}
