import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { matchesPattern } from './pattern.js'

/** One line of a known_hosts file. */
export interface KnownHost {
  readonly file: string
  readonly line: number
  readonly marker: 'revoked' | 'cert-authority' | undefined
  /** Names and patterns as they stand, or one hashed name. */
  readonly hosts: readonly string[]
  readonly type: string
  /** The key as SSH sends it. */
  readonly key: Buffer
}

export interface KnownHostsProblem {
  readonly file: string
  readonly line: number
  readonly reason: string
}

/** Longer lines are no keys. */
const LONGEST_LINE = 64 * 1024

/**
 * Reads the text of a known_hosts file. A line that cannot be read is told and left out, as ssh does.
 * Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
 */
export function readKnownHosts(
  file: string,
  text: string,
): { readonly entries: readonly KnownHost[]; readonly problems: readonly KnownHostsProblem[] } {
  const entries: KnownHost[] = []
  const problems: KnownHostsProblem[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1
    const trimmed = raw.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const read = trimmed.length > LONGEST_LINE ? 'the line is too long' : readLine(trimmed)
    if (typeof read === 'string') problems.push({ file, line, reason: read })
    else entries.push({ file, line, ...read })
  }
  return { entries, problems }
}

function readLine(text: string): Omit<KnownHost, 'file' | 'line'> | string {
  const words = text.split(/[ \t]+/)
  let marker: KnownHost['marker']
  if (words[0]?.startsWith('@') === true) {
    if (words[0] === '@revoked') marker = 'revoked'
    else if (words[0] === '@cert-authority') marker = 'cert-authority'
    else return `unknown marker \`${words[0]}\``
    words.shift()
  }
  const [hosts, type, encoded] = words
  if (hosts === undefined || type === undefined || encoded === undefined) {
    return 'it needs names, a key type and a key'
  }
  const key = Buffer.from(encoded, 'base64')
  if (keyType(key) !== type) return `the key is no ${type}`
  return { marker, hosts: hosts.split(','), type, key }
}

/** The type that a key names itself by: a string with its length before it. Source: RFC 4253 section 6.6. */
export function keyType(key: Buffer): string | undefined {
  if (key.length < 4) return undefined
  const length = key.readUInt32BE(0)
  return length > 0 && length <= 64 && key.length >= 4 + length
    ? key.toString('latin1', 4, 4 + length)
    : undefined
}

/** A key as ssh shows it: `SHA256:` and base64 without padding. */
export function keyFingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** The name by which ssh looks a host up: its port is in it when it is not 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** A host as known_hosts has it. */
export interface KnownTarget {
  readonly host: string
  readonly port: number
  /** Stands there instead of name and port. Source: ssh_config(5), HostKeyAlias. */
  readonly alias?: string | undefined
}

function targetName({ host, port, alias }: KnownTarget): string {
  return alias === undefined ? knownHostName(host, port) : alias.toLowerCase()
}

export type HostKeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown'; readonly types: readonly string[] }
  | { readonly kind: 'changed'; readonly at: KnownHost }
  | { readonly kind: 'revoked'; readonly at: KnownHost }
  | { readonly kind: 'authority'; readonly at: KnownHost }

/**
 * What the files say of the key that a host showed. `changed`: another key of the same type is known for it.
 * `authority`: the host is only known by an authority that signs host certificates, which is not supported here.
 */
export function judgeHostKey(
  entries: readonly KnownHost[],
  target: KnownTarget,
  key: Buffer,
): HostKeyVerdict {
  const name = targetName(target)
  const ours = entries.filter((entry) => matchesHost(entry.hosts, name))
  const revoked = ours.find((entry) => entry.marker === 'revoked' && entry.key.equals(key))
  if (revoked !== undefined) return { kind: 'revoked', at: revoked }
  const plain = ours.filter((entry) => entry.marker === undefined)
  if (plain.some((entry) => entry.key.equals(key))) return { kind: 'known' }
  const type = keyType(key)
  const other = plain.find((entry) => entry.type === type)
  if (other !== undefined) return { kind: 'changed', at: other }
  const authority = ours.find((entry) => entry.marker === 'cert-authority')
  if (authority !== undefined && plain.length === 0) return { kind: 'authority', at: authority }
  return { kind: 'unknown', types: plain.map((entry) => entry.type) }
}

/** Types of the keys that are known for a host: a server that has several is asked for one of these. */
export function knownKeyTypes(entries: readonly KnownHost[], target: KnownTarget): string[] {
  const name = targetName(target)
  const types = entries
    .filter((entry) => entry.marker === undefined && matchesHost(entry.hosts, name))
    .map((entry) => entry.type)
  return [...new Set(types)]
}

/** Whether a list of names, patterns and hashed names means this host; a matching `!pattern` says no. */
export function matchesHost(hosts: readonly string[], name: string): boolean {
  let found = false
  for (const each of hosts) {
    if (each.startsWith('!')) {
      if (matchesPattern(each.slice(1).toLowerCase(), name)) return false
    } else if (each.startsWith('|1|') ? matchesHash(each, name) : matchesPattern(each.toLowerCase(), name)) {
      found = true
    }
  }
  return found
}

/** `|1|salt|hash`: HMAC-SHA1 of the name. Source: openssh hostfile.c, host_hash. */
function matchesHash(hashed: string, name: string): boolean {
  const [, , salt = '', wanted = ''] = hashed.split('|')
  const hash = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  const other = Buffer.from(wanted, 'base64')
  return hash.length === other.length && timingSafeEqual(hash, other)
}
