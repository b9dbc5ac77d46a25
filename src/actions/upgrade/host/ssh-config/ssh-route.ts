import { homedir, userInfo } from 'node:os'
import path from 'node:path'
import { RampartError } from '../../../../model/index.js'
import type { SshAlgorithms, SshOptions } from '../ssh-options.js'
import { configFault } from './config-fault.js'
import {
  readSshConfig,
  type ConfigFile,
  type ConfigTexts,
  type Given,
  type RawSettings,
} from './read-ssh-config.js'
import { expandPath, type TokenFacts } from './tokens.js'
import { isYes, jumpsOf, seconds, type Jump } from './values.js'

/** A host as the user names it, and what he says of the way there on the command line: that beats his configuration. */
export interface RouteQuestion {
  readonly host: string
  readonly user?: string
  readonly port?: number
  readonly keys?: readonly string[]
  readonly knownHosts?: readonly string[]
  /** A file of ssh's configuration; `none`; where absent ~/.ssh/config and /etc/ssh/ssh_config, where they are. */
  readonly config?: string
}

/** Where we are; for tests. */
export interface RouteSurroundings {
  readonly home: string
  readonly localUser: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The configuration of the machine. */
  readonly system: string
}

/** Source: openssh allows sixteen Includes below one another; more hosts in a row than these nobody means. */
const MOST_JUMPS = 16
/** Who logs in where nobody says it: nodes are changed by root. */
const USUAL_USER = 'root'

/**
 * How to connect to a host, over which others: what `ssh root@HOST` would do by the same files, except that no key is ever
 * learnt and no password asked for. Throws RampartError with file and line for what is wrong there or cannot be followed.
 */
export function sshRoute(
  question: RouteQuestion,
  texts?: ConfigTexts,
  around: RouteSurroundings = here(),
): SshOptions {
  return route(question, {
    texts,
    around,
    files: filesOf(question.config, around),
    usualUser: USUAL_USER,
    seen: [],
  })
}

function here(): RouteSurroundings {
  return {
    home: homedir(),
    localUser: userInfo().username,
    environment: process.env,
    system: '/etc/ssh/ssh_config',
  }
}

function filesOf(config: string | undefined, { home, system }: RouteSurroundings): ConfigFile[] {
  if (config?.toLowerCase() === 'none') return []
  if (config !== undefined) return [{ path: path.resolve(config), owner: 'user', named: true }]
  return [
    { path: path.join(home, '.ssh', 'config'), owner: 'user', named: false },
    { path: system, owner: 'system', named: false },
  ]
}

interface Way {
  readonly texts: ConfigTexts | undefined
  readonly around: RouteSurroundings
  readonly files: readonly ConfigFile[]
  readonly usualUser: string
  /** Hosts behind this one, as `user@host:port`. */
  readonly seen: readonly string[]
}

function route(question: RouteQuestion & { readonly proxyJump?: string }, way: Way): SshOptions {
  const raw = settingsOf(question, way)
  const facts = factsOf(question, raw, way)
  refuseUnfollowed(raw)
  const self = `${facts.user}@${facts.host}:${facts.port}`
  if (way.seen.includes(self) || way.seen.length >= MOST_JUMPS) {
    throw new RampartError(
      'usage',
      `the jump hosts of ${way.seen[0] ?? self} lead in a circle: ${[...way.seen, self].join(', then ')}`,
    )
  }
  const via = jumpOf(question, raw, { ...way, usualUser: way.around.localUser, seen: [...way.seen, self] })
  return {
    host: facts.host,
    user: facts.user,
    sudo: facts.user !== 'root',
    ...(facts.port === 22 ? {} : { port: facts.port }),
    ...keysOf(question, raw, facts),
    ...knownHostsOf(question, raw, facts),
    ...agentOf(raw, facts),
    ...connectionOf(raw),
    ...(via === undefined ? {} : { via }),
  }
}

/** Where no file names a user, it is as if `ssh USER@HOST` had been typed: Match sees that user too. */
function settingsOf(
  { host, user, port, proxyJump }: RouteQuestion & { readonly proxyJump?: string },
  way: Way,
): RawSettings {
  const { home, localUser } = way.around
  const asked = {
    host,
    home,
    localUser,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(proxyJump === undefined ? {} : { proxyJump }),
  }
  const raw = readSshConfig(asked, way.files, way.texts)
  return raw.single.has('user') ? raw : readSshConfig({ ...asked, user: way.usualUser }, way.files, way.texts)
}

function factsOf({ host }: RouteQuestion, raw: RawSettings, { around }: Way): TokenFacts {
  const hostName = raw.hostName()
  const alias = raw.single.get('hostkeyalias')?.value
  return {
    ...around,
    originalHost: host,
    host: hostName,
    port: Number(raw.single.get('port')?.value ?? 22),
    user: raw.single.get('user')?.value ?? around.localUser,
    alias: alias ?? hostName,
  }
}

/** What would lead elsewhere, or trust less, than what we do. */
function refuseUnfollowed({ single, proxy }: RawSettings): void {
  const refuse = (given: Given<string>, what: string): never => {
    if (given.at === undefined) throw new RampartError('usage', what)
    throw configFault(given.at, what)
  }
  if (proxy?.kind === 'command' && proxy.value.toLowerCase() !== 'none')
    refuse(
      proxy,
      'ProxyCommand is not supported: no command of the configuration is run; ProxyJump is supported',
    )
  for (const keyword of [
    'canonicalizehostname',
    'bindinterface',
    'revokedhostkeys',
    'refuseconnection',
  ] as const) {
    const given = single.get(keyword)
    if (given === undefined || /^(?:no|false|none)$/i.test(given.value)) continue
    if (keyword === 'refuseconnection') refuse(given, `RefuseConnection: ${given.value}`)
    refuse(given, `\`${keyword} ${given.value}\` is not supported`)
  }
  const keysOff = single.get('pubkeyauthentication')
  if (keysOff !== undefined && /^(?:no|false)$/i.test(keysOff.value))
    refuse(keysOff, 'PubkeyAuthentication is off here, and we log in by keys alone')
}

function jumpOf(question: RouteQuestion, { proxy }: RawSettings, way: Way): SshOptions | undefined {
  if (proxy?.kind !== 'jump') return undefined
  const jumps = jumpsOf(proxy.value) ?? []
  const last = jumps.at(-1)
  if (last === undefined) return undefined
  const before = jumps.slice(0, -1).map(jumpText).join(',')
  // As ssh does: options of the command line are of the host alone, and the jump host has the same files asked for itself.
  return route(
    {
      host: last.host,
      ...(last.user === undefined ? {} : { user: last.user }),
      ...(last.port === undefined ? {} : { port: last.port }),
      ...(question.knownHosts === undefined ? {} : { knownHosts: question.knownHosts }),
      ...(before === '' ? {} : { proxyJump: before }),
    },
    way,
  )
}

function jumpText({ user, host, port }: Jump): string {
  const name = host.includes(':') ? `[${host}]` : host
  return `${user === undefined ? '' : `${user}@`}${name}${port === undefined ? '' : `:${port}`}`
}

function keysOf(
  { keys }: RouteQuestion,
  raw: RawSettings,
  facts: TokenFacts,
): Pick<SshOptions, 'keys' | 'moreKeys' | 'identitiesOnly'> {
  const files = raw.identityFiles
    .filter(({ value }) => value.toLowerCase() !== 'none')
    .map(({ value, at }) => expandPath(value, facts, at))
  return {
    ...(keys === undefined ? {} : { keys }),
    ...(raw.identityFiles.length === 0 ? {} : { moreKeys: files }),
    ...(isYes(raw.single.get('identitiesonly')?.value) ? { identitiesOnly: true } : {}),
  }
}

function knownHostsOf(
  { knownHosts }: RouteQuestion,
  { lists, single }: RawSettings,
  facts: TokenFacts,
): Pick<SshOptions, 'knownHosts' | 'usualKnownHosts' | 'hostKeyAlias'> {
  const alias = single.get('hostkeyalias')?.value
  const files = (
    keyword: 'userknownhostsfile' | 'globalknownhostsfile',
    usual: readonly string[],
  ): readonly string[] => {
    const given = lists.get(keyword)
    const names = given?.value ?? usual
    return names
      .filter((name) => name.toLowerCase() !== 'none')
      .map((name) => expandPath(name, facts, given?.at))
  }
  return {
    ...(alias === undefined ? {} : { hostKeyAlias: alias }),
    ...(knownHosts === undefined ? {} : { knownHosts }),
    usualKnownHosts: [
      ...files('userknownhostsfile', ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']),
      ...files('globalknownhostsfile', ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']),
    ],
  }
}

/** Source: openssh ssh.c, main, where it sets SSH_AUTH_SOCK from IdentityAgent. */
function agentOf({ single }: RawSettings, facts: TokenFacts): Pick<SshOptions, 'agent'> {
  const given = single.get('identityagent')
  const socket = (text: string | undefined): Pick<SshOptions, 'agent'> =>
    text === undefined || text === '' ? {} : { agent: text }
  if (given === undefined || given.value === 'SSH_AUTH_SOCK') return socket(facts.environment.SSH_AUTH_SOCK)
  if (given.value.toLowerCase() === 'none') return {}
  const variable = /^\$(\w+)$/.exec(given.value)?.[1]
  return variable === undefined
    ? socket(expandPath(given.value, facts, given.at))
    : socket(facts.environment[variable])
}

function connectionOf({ single }: RawSettings): Partial<SshOptions> {
  const timeout = seconds(single.get('connecttimeout')?.value ?? '') ?? 0
  const family = single.get('addressfamily')?.value.toLowerCase()
  const from = single.get('bindaddress')?.value
  const algorithms = algorithmsOf(single)
  return {
    ...(timeout === 0 ? {} : { connectWithin: timeout * 1000 }),
    ...(family === 'inet' ? { family: 4 as const } : family === 'inet6' ? { family: 6 as const } : {}),
    ...(from === undefined ? {} : { localAddress: from }),
    ...(algorithms === undefined ? {} : { algorithms }),
  }
}

const ALGORITHMS = {
  ciphers: 'cipher',
  macs: 'hmac',
  kexalgorithms: 'kex',
  hostkeyalgorithms: 'serverHostKey',
} as const

/** Lists and `-` take away; what `+` and `^` would add is not added: we offer no weak algorithms. */
function algorithmsOf(single: RawSettings['single']): SshAlgorithms | undefined {
  const limits = Object.entries(ALGORITHMS).flatMap(([keyword, name]) => {
    const given = single.get(keyword as keyof typeof ALGORITHMS)
    if (given === undefined || /^[+^]/.test(given.value)) return []
    const without = given.value.startsWith('-')
    const patterns = given.value.replace(/^-/, '').split(',')
    return [[name, { [without ? 'without' : 'only']: patterns }] as const]
  })
  return limits.length === 0 ? undefined : Object.fromEntries(limits)
}
