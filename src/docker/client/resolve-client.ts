import { posix } from 'node:path'
import { asBoolean, asString, field, isObject } from '../../model/index.js'
import { withoutPassword } from '../../text/index.js'
import { clientFactHolds } from './client-facts.js'
import { clientHost, type ClientHost } from './client-host.js'
import type { ClientInput } from './client-input.js'
import { configOf, LOCAL, parsed, settingsOf, type Choice, type ClientSetting } from './client-settings.js'
import {
  judgeTlsFiles,
  type ClientCertificate,
  type ClientTlsFiles,
  type ServerTrust,
} from './judge-tls-files.js'

/** What Docker's command line does before it sends anything. */
export interface ClientAnswer {
  /** `tcp://10.0.0.5:2376`; undefined where the client ends before it has one. */
  readonly daemon: string | undefined
  /** The name of the context; `default` when no context was chosen. */
  readonly context: string
  readonly decidedBy: ClientSetting
  /** Settings that have no effect, each with the reason. */
  readonly ignored: readonly (ClientSetting & { readonly because: string })[]
  /** How the connection is kept from others: by TLS, by SSH, by staying on this host, or not at all. */
  readonly protection: 'tls' | 'ssh' | 'local' | 'none' | 'unknown'
  /** Whether the client makes sure that it talks to the right server. */
  readonly server: ServerTrust
  readonly certificate?: ClientCertificate
  /** Why the client ends with an error. */
  readonly refusal?: string
  readonly warnings: readonly string[]
}

/**
 * Which daemon Docker's command line talks to, and how. The order is --context, --host, DOCKER_HOST, DOCKER_CONTEXT,
 * `currentContext` of config.json, the local socket. Options and variables about TLS count for the default context
 * alone; a context has its own files.
 * Source: docker/cli v28.2.2 cli/command/cli.go, resolveContextName, resolveDefaultDockerEndpoint, getServerHost;
 * cli/flags/options.go, SetDefaultOptions.
 */
export function resolveClient(input: ClientInput): ClientAnswer {
  const config = configOf(input)
  const settings = settingsOf(input, config)
  const { options } = input
  if (options.context !== undefined && options.context !== '' && (options.hosts ?? []).length > 0) {
    return ended(settings[0], 'default', '--host and --context exclude each other')
  }
  const chosen = settings.find(({ choice }) => choice !== 'tls') ?? LOCAL
  const name = chosen.choice === 'context' ? chosen.value : 'default'
  const answer = name === 'default' ? byDefault(input, chosen, settings) : byContext(input, chosen, settings)
  return config.fault === undefined ? answer : { ...answer, warnings: [...answer.warnings, config.fault] }
}

function byDefault(input: ClientInput, chosen: Choice, settings: readonly Choice[]): ClientAnswer {
  const { options, environment } = input
  const hosts = settings.filter(({ setting }) => setting === '--host')
  const verify = options.tlsverify ?? (environment['DOCKER_TLS_VERIFY'] ?? '') !== ''
  const wanted =
    options.tlsverify !== undefined || verify || (options.tls ?? (environment['DOCKER_TLS'] ?? '') !== '')
  const decided =
    chosen.choice === 'context' ? (settings.find(({ choice }) => choice === 'host') ?? chosen) : chosen
  const word = decided.choice === 'host' ? decided.value : ''
  const ignored = shadowed(settings, decided, 'TLS', hosts.length)
  const frame = { context: 'default', decidedBy: plain(decided), ignored }
  if (hosts.length > 1) return { ...ended(decided, 'default', 'only one --host may be given'), ignored }
  const daemon = clientHost(word, { tls: wanted, version: input.version })
  if (daemon.kind === 'invalid') {
    return {
      ...ended(
        decided,
        'default',
        `\`${withoutPassword(word)}\` is no address of a daemon: ${daemon.reason}`,
      ),
      ignored,
    }
  }
  if (!wanted) return withoutTls(frame, daemon)
  const folder = environment['DOCKER_CERT_PATH'] || configOf(input).folder
  const files = tlsFilesOf(input, folder)
  const judged = judgeTlsFiles(files, { verify, input })
  const isSocket = daemon.kind === 'socket'
  return {
    ...frame,
    daemon: daemon.text,
    protection: isSocket ? 'local' : daemon.kind === 'ssh' ? 'ssh' : 'tls',
    ...(isSocket || daemon.kind === 'ssh'
      ? { server: { verified: 'not-asked', detail: 'no TLS is spoken here' } as const }
      : { server: judged.server }),
    ...(judged.certificate === undefined || isSocket ? {} : { certificate: judged.certificate }),
    ...(judged.refusal === undefined ? socketRefusal(input, daemon) : { refusal: judged.refusal }),
    warnings: [
      ...judged.warnings,
      ...verifyWords(options.tlsverify, environment['DOCKER_TLS_VERIFY']),
      ...socketWarnings(input, daemon),
      ...portWarning(daemon, word, true),
    ],
  }
}

/** Only the files that nobody named may be absent. */
function tlsFilesOf({ options, file }: ClientInput, folder: string): ClientTlsFiles {
  const at = (name: string): string => posix.join(folder, name)
  const one = (named: string | undefined, name: string, required: boolean): ClientTlsFiles['ca'] => {
    const path = named === undefined ? at(name) : named.replace(/^(["'])(.*)\1$/, '$2')
    if (path === '') return undefined
    const seen = file(path)
    return seen.kind === 'absent' && named === undefined && !required ? undefined : { path, seen }
  }
  return {
    ca: one(options.tlscacert, 'ca.pem', true),
    cert: one(options.tlscert, 'cert.pem', false),
    key: one(options.tlskey, 'key.pem', false),
  }
}

function byContext(input: ClientInput, chosen: Choice, settings: readonly Choice[]): ClientAnswer {
  const name = chosen.value
  const { folder } = configOf(input)
  const id = input.sha256(name)
  const meta = posix.join(folder, 'contexts/meta', id, 'meta.json')
  const ignored = shadowed(settings, chosen, 'context', 0)
  const seen = input.file(meta)
  if (seen.kind === 'absent') {
    return { ...ended(chosen, name, `there is no context \`${name}\`: \`${meta}\` does not exist`), ignored }
  }
  const endpoint = field(field(parsed(seen.kind === 'file' ? (seen.text ?? '') : ''), 'Endpoints'), 'docker')
  if (!isObject(endpoint)) {
    const why = seen.kind === 'unreadable' ? seen.reason : 'it names no endpoint `docker`'
    return { ...ended(chosen, name, `the context \`${name}\` cannot be used (\`${meta}\`): ${why}`), ignored }
  }
  const word = asString(endpoint['Host']) ?? ''
  const daemon = clientHost(word, { tls: false, version: input.version })
  const frame = { context: name, decidedBy: plain(chosen), ignored }
  if (daemon.kind === 'invalid') {
    return {
      ...ended(
        chosen,
        name,
        `\`${withoutPassword(word)}\` of the context \`${name}\` is no address: ${daemon.reason}`,
      ),
      ignored,
    }
  }
  const tls = posix.join(folder, 'contexts/tls', id, 'docker')
  const one = (file: string): ClientTlsFiles['ca'] => {
    const path = posix.join(tls, file)
    const found = input.file(path)
    return found.kind === 'absent' ? undefined : { path, seen: found }
  }
  const files: ClientTlsFiles = { ca: one('ca.pem'), cert: one('cert.pem'), key: one('key.pem') }
  const skip = asBoolean(endpoint['SkipTLSVerify']) === true
  const has = files.ca !== undefined || files.cert !== undefined || files.key !== undefined
  if (daemon.kind !== 'tcp' || (!has && !skip)) return withoutTls(frame, daemon)
  const judged = judgeTlsFiles(files, { verify: !skip, input })
  return {
    ...frame,
    daemon: daemon.text,
    protection: 'tls',
    server: judged.server,
    ...(judged.certificate === undefined ? {} : { certificate: judged.certificate }),
    ...(judged.refusal === undefined ? {} : { refusal: judged.refusal }),
    warnings: [...judged.warnings, ...portWarning(daemon, word, true)],
  }
}

type Frame = Pick<ClientAnswer, 'context' | 'decidedBy' | 'ignored'>

function withoutTls(frame: Frame, daemon: Exclude<ClientHost, { kind: 'invalid' }>): ClientAnswer {
  if (daemon.kind === 'ssh') {
    const detail = 'SSH knows the server by its host key'
    return {
      ...frame,
      daemon: daemon.text,
      protection: 'ssh',
      server: { verified: 'by-ssh', detail },
      warnings: [],
    }
  }
  if (daemon.kind === 'socket') {
    const detail = 'a socket of this host: who may use it says its mode'
    return {
      ...frame,
      daemon: daemon.text,
      protection: 'local',
      server: { verified: 'not-asked', detail },
      warnings: [],
    }
  }
  const loopback = daemon.host?.kind === 'tcp' && daemon.host.scope === 'loopback'
  return {
    ...frame,
    daemon: daemon.text,
    protection: 'none',
    server: { verified: 'no', detail: 'without TLS nobody proves who they are' },
    warnings: [
      loopback
        ? 'nothing is encrypted, and every user of this host can talk to that daemon as this client does'
        : 'nothing is encrypted: whoever is on the way reads and changes everything, and the daemon, if it answers, lets everyone in',
    ],
  }
}

function socketWarnings(input: ClientInput, daemon: ClientHost): string[] {
  if (daemon.kind !== 'socket' || clientFactHolds('tls-on-local-socket', input.version) !== undefined)
    return []
  return ['TLS is switched on for a local socket: clients before 28.2 do not reach it so']
}

function socketRefusal(input: ClientInput, daemon: ClientHost): { refusal?: string } {
  if (daemon.kind !== 'socket' || clientFactHolds('tls-on-local-socket', input.version) !== true) return {}
  return {
    refusal: 'TLS is switched on for a local socket, which this version (before 28.2) does not reach so',
  }
}

/** Any text switches verification on, `0` and `false` too. */
function verifyWords(option: boolean | undefined, text: string | undefined): string[] {
  if (option !== undefined || text === undefined || !/^(?:0|false|no|off)$/i.test(text)) return []
  return [`DOCKER_TLS_VERIFY is \`${text}\`, and any text at all means yes: to switch it off, unset it`]
}

function portWarning(daemon: ClientHost, word: string, tls: boolean): string[] {
  if (!tls || daemon.kind !== 'tcp' || daemon.host?.kind !== 'tcp') return []
  if (daemon.host.port !== 2375) return []
  const named = /:2375(?:\/|$)/.test(word)
  return [
    `${named ? 'port 2375 is' : 'no port is named, which means 2375,'} that of daemons without TLS; with TLS it is 2376`,
  ]
}

/** The settings that lose to the one that decides. */
function shadowed(
  settings: readonly Choice[],
  decided: Choice,
  mode: 'TLS' | 'context',
  hosts: number,
): ClientAnswer['ignored'] {
  return settings.flatMap((each) => {
    if (each === decided || (each.setting === '--host' && hosts > 1)) return []
    if (each.choice !== 'tls') {
      const because =
        each.value === 'default' && each.choice === 'context'
          ? `the default context takes the daemon from ${decided.setting}`
          : `${decided.setting} is stronger`
      return [{ ...plain(each), because }]
    }
    return mode === 'context'
      ? [{ ...plain(each), because: 'a context has its own files and says itself whether TLS is spoken' }]
      : []
  })
}

function plain({ setting, value, where }: ClientSetting): ClientSetting {
  return { setting, value: withoutPassword(value), where }
}

function ended(decided: ClientSetting | undefined, context: string, refusal: string): ClientAnswer {
  return {
    daemon: undefined,
    context,
    decidedBy: plain(decided ?? LOCAL),
    ignored: [],
    protection: 'unknown',
    server: { verified: 'not-asked', detail: 'the client ends before it connects' },
    refusal,
    warnings: [],
  }
}
