import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { BOOL, INT, opaque, STRING, type CelType } from '../types.js'
import { CelError, CelOpaque, type CelResult } from '../values.js'

/** An IP address. */
export class Ip extends CelOpaque {
  readonly typeName = 'net.IP'

  constructor(
    readonly family: 4 | 6,
    readonly bits: bigint,
  ) {
    super()
  }

  get width(): 32 | 128 {
    return this.family === 4 ? 32 : 128
  }

  override get size(): number {
    return this.width / 8
  }

  equals(other: CelOpaque): boolean {
    return other instanceof Ip && other.family === this.family && other.bits === this.bits
  }

  /** The first bits, as a number. */
  head(length: number): bigint {
    return this.bits >> BigInt(this.width - length)
  }
}

/** Reads an address as Go's netip.ParseAddr does; a text where the library refuses it. */
export function parseIp(text: string): Ip | string {
  if (text.includes('%')) return `IP address "${text}" with zone value is not allowed`
  const bits = text.includes(':') ? parseV6(text) : parseV4(text)
  if (bits === undefined) return `IP Address "${text}" parse error during conversion from string`
  if (!text.includes(':')) return new Ip(4, bits)
  if (bits >> 32n === 0xffffn) return `IPv4-mapped IPv6 address "${text}" is not allowed`
  return new Ip(6, bits)
}

/** Whether a text is an address as Go's netip.ParseAddr reads one, without a zone. */
export function isIpText(text: string): boolean {
  return (text.includes(':') ? parseV6(text) : parseV4(text)) !== undefined
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n)
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  const [before, after = []] = groups
  if (before === undefined || groups.includes(undefined)) return undefined
  const missing = 8 - before.length - after.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const all = [...before, ...Array<bigint>(halves.length === 1 ? 0 : missing).fill(0n), ...after]
  return all.reduce((bits, group) => (bits << 16n) | group, 0n)
}

/** The groups of one side of `::`; the last may be an IPv4 address. */
function groupsOf(half: string, last: boolean): bigint[] | undefined {
  if (half === '') return []
  const groups: bigint[] = []
  const parts = half.split(':')
  for (const [index, part] of parts.entries()) {
    if (last && index === parts.length - 1 && part.includes('.')) {
      const bits = parseV4(part)
      if (bits === undefined) return undefined
      groups.push(bits >> 16n, bits & 0xffffn)
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}

/** The one way to write an address. Source: Go netip.Addr.String, RFC 5952. */
export function formatIp(ip: Ip): string {
  if (ip.family === 4) return [24n, 16n, 8n, 0n].map((shift) => (ip.bits >> shift) & 0xffn).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => (ip.bits >> BigInt(112 - 16 * index)) & 0xffffn)
  const { start, length } = longestZeros(groups)
  const hex = (some: readonly bigint[]): string => some.map((group) => group.toString(16)).join(':')
  return length < 2 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`
}

function longestZeros(groups: readonly bigint[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === 0n) length++
    if (length > best.length) best = { start, length }
  }
  return best
}

const is = {
  unspecified: (ip: Ip): boolean => ip.bits === 0n,
  loopback: (ip: Ip): boolean => (ip.family === 4 ? ip.head(8) === 127n : ip.bits === 1n),
  multicast: (ip: Ip): boolean => (ip.family === 4 ? ip.head(4) === 0xen : ip.head(8) === 0xffn),
  linkLocalMulticast: (ip: Ip): boolean =>
    ip.family === 4 ? ip.head(24) === 0xe00000n : (ip.head(16) & 0xff0fn) === 0xff02n,
  linkLocalUnicast: (ip: Ip): boolean => (ip.family === 4 ? ip.head(16) === 0xa9fen : ip.head(10) === 0x3fan),
}

function isGlobalUnicast(ip: Ip): boolean {
  if (ip.family === 4 && ip.bits === 0xffff_ffffn) return false
  return !is.unspecified(ip) && !is.loopback(ip) && !is.multicast(ip) && !is.linkLocalUnicast(ip)
}

export const IP: CelType = opaque('net.IP')

/** An address, or the error of an expression. */
export function ipOrError(text: string): Ip | CelError {
  const ip = parseIp(text)
  return typeof ip === 'string' ? new CelError(ip) : ip
}

function canonical(text: string): CelResult {
  const ip = ipOrError(text)
  return ip instanceof CelError ? ip : formatIp(ip) === text
}

const test = (name: string, id: string, holds: (ip: Ip) => boolean): CelFunction => ({
  name,
  overloads: [memberOverload(id, [IP], BOOL, (ip) => holds(ip as Ip))],
})

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/ip.go, Go net/netip. */
export const IPS: readonly CelFunction[] = [
  {
    name: 'ip',
    overloads: [globalOverload('string_to_ip', [STRING], IP, (text) => ipOrError(text as string))],
  },
  {
    name: 'isIP',
    overloads: [
      globalOverload('is_ip', [STRING], BOOL, (text) => typeof parseIp(text as string) !== 'string'),
    ],
  },
  {
    name: 'ip.isCanonical',
    overloads: [globalOverload('ip_is_canonical', [STRING], BOOL, (text) => canonical(text as string))],
  },
  { name: 'family', overloads: [memberOverload('ip_family', [IP], INT, (ip) => BigInt((ip as Ip).family))] },
  { name: 'string', overloads: [globalOverload('ip_to_string', [IP], STRING, (ip) => formatIp(ip as Ip))] },
  test('isUnspecified', 'ip_is_unspecified', is.unspecified),
  test('isLoopback', 'ip_is_loopback', is.loopback),
  test('isLinkLocalMulticast', 'ip_is_link_local_multicast', is.linkLocalMulticast),
  test('isLinkLocalUnicast', 'ip_is_link_local_unicast', is.linkLocalUnicast),
  test('isGlobalUnicast', 'ip_is_global_unicast', isGlobalUnicast),
]
