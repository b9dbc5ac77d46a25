import type { JsonValue } from '../../model/index.js'

/** A flag of etcd that checks ask, with its default. Source: etcd server v3.6.8 embed/config.go, AddFlags and NewConfig. */
const FLAGS: Readonly<Record<string, string | boolean | readonly string[]>> = {
  'listen-client-urls': ['http://localhost:2379'],
  'listen-client-http-urls': [],
  'listen-peer-urls': ['http://localhost:2380'],
  'listen-metrics-urls': [],
  'cert-file': '',
  'key-file': '',
  'client-cert-auth': false,
  'trusted-ca-file': '',
  'auto-tls': false,
  'peer-cert-file': '',
  'peer-key-file': '',
  'peer-client-cert-auth': false,
  'peer-trusted-ca-file': '',
  'peer-auto-tls': false,
  'data-dir': '',
  name: 'default',
  'initial-cluster': '',
  'initial-cluster-state': 'new',
  'cipher-suites': [],
  'tls-min-version': '',
}

/** Names of the settings of etcd that are resolved. */
export const ETCD_SETTINGS: readonly string[] = Object.keys(FLAGS)

/** The default of a setting. */
export function etcdDefault(name: string): JsonValue {
  const value = FLAGS[name]
  return Array.isArray(value) ? [...(value as readonly string[])] : ((value ?? '') as JsonValue)
}

/** Switches of etcd take no word behind them. Source: Go flag, boolFlag. */
const SWITCHES: ReadonlySet<string> = new Set([
  ...Object.entries(FLAGS).flatMap(([name, value]) => (typeof value === 'boolean' ? [name] : [])),
  'enable-pprof',
  'enable-v2',
  'force-new-cluster',
  'log-rotate',
  'enable-log-rotation',
  'memory-mlock',
  'pre-vote',
  'socket-reuse-address',
  'socket-reuse-port',
  'strict-reconfig-check',
  'enable-distributed-tracing',
  'unsafe-no-fsync',
  'version',
])

/** A flag of a command line: its word, and the argument that it stands in. */
export interface GoFlag {
  readonly name: string
  readonly word: string
  readonly argIndex: number
}

/**
 * The flags of a command line as Go's flag package reads them: one dash or two, `=` or the next word, up to the first
 * word that is no flag. Source: Go flag, FlagSet.parseOne.
 */
export function readGoFlags(words: readonly string[]): GoFlag[] {
  const flags: GoFlag[] = []
  for (let index = 0; index < words.length; index++) {
    const match = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(words[index] ?? '')
    if (match === null) break
    const [, name = '', joined] = match
    const takesNext =
      joined === undefined && !SWITCHES.has(name) && !/^experimental-(?:enable|initial|txn|memory)/.test(name)
    flags.push({ name, word: joined ?? (takesNext ? (words[index + 1] ?? '') : 'true'), argIndex: index })
    if (takesNext) index += 1
  }
  return flags
}

/** A word as the value of a setting; undefined where it is none. Source: Go strconv.ParseBool; etcd pkg/v3 flags.StringsFromFlag. */
export function etcdValue(name: string, word: string): JsonValue | undefined {
  const kind = FLAGS[name]
  if (kind === undefined) return undefined
  if (Array.isArray(kind)) return word === '' ? [] : word.split(',').map((each) => each.trim())
  if (typeof kind !== 'boolean') return word
  if (/^(?:1|t|T|true|TRUE|True)$/.test(word)) return true
  return /^(?:0|f|F|false|FALSE|False)$/.test(word) ? false : undefined
}
