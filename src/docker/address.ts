import { ipFamily } from '../text/index.js'

/** Who can send to an address that something listens on. `name`: a host name, which only the host itself resolves. */
export type AddressScope = 'loopback' | 'all' | 'private' | 'public' | 'name'

/**
 * Judges an address (IPv4, IPv6 without brackets, or a host name). Private are RFC 1918, RFC 6598, link-local and
 * unique local addresses; IPv4 inside IPv6 (`::ffff:10.0.0.1`) is judged as IPv4.
 */
export function addressScope(address: string): AddressScope {
  const plain = address.replace(/%.*$/, '')
  const kind = ipFamily(plain)
  if (kind === 4) return scopeOfIpv4(plain)
  if (kind === 6) return scopeOfIpv6(plain)
  return /^(?:localhost|[^.]+\.localhost)\.?$/i.test(plain) ? 'loopback' : 'name'
}

function scopeOfIpv4(address: string): AddressScope {
  const [first = 0, second = 0] = address.split('.').map(Number)
  if (first === 0) return 'all'
  if (first === 127) return 'loopback'
  if (first === 10 || (first === 172 && second >= 16 && second < 32)) return 'private'
  if ((first === 192 && second === 168) || (first === 169 && second === 254)) return 'private'
  return first === 100 && second >= 64 && second < 128 ? 'private' : 'public'
}

function scopeOfIpv6(address: string): AddressScope {
  const groups = groupsOf(address)
  const leading = groups.slice(0, 5).every((group) => group === 0)
  if (leading && (groups[5] === 0xffff || groups[5] === 0)) {
    const [high = 0, low = 0] = groups.slice(6)
    if (groups[5] === 0 && high === 0 && low === 0) return 'all'
    if (groups[5] === 0 && high === 0 && low === 1) return 'loopback'
    if (groups[5] === 0xffff) return scopeOfIpv4([high >> 8, high & 255, low >> 8, low & 255].join('.'))
  }
  const first = groups[0] ?? 0
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80 ? 'private' : 'public'
}

function groupsOf(address: string): number[] {
  const text = address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, a: string, b: string, c: string, d: string) => [hex(a, b), hex(c, d)].join(':'),
  )
  const [head = '', tail] = text.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after].map((group) =>
    Number.parseInt(group, 16),
  )
}

function hex(high: string, low: string): string {
  return (Number(high) * 256 + Number(low)).toString(16)
}
