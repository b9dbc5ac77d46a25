import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { BOOL, INT, opaque, STRING } from '../types.js'
import { CelError, CelOpaque, type CelResult } from '../values.js'
import { formatIp, Ip, IP, ipOrError, parseIp } from './ip.js'

/** A network: an address, with how many of its bits count. */
export class Cidr extends CelOpaque {
  readonly typeName = 'net.CIDR'

  constructor(
    readonly ip: Ip,
    readonly length: number,
  ) {
    super()
  }

  override get size(): number {
    return Math.ceil(this.length / 8)
  }

  equals(other: CelOpaque): boolean {
    return other instanceof Cidr && other.length === this.length && other.ip.equals(this.ip)
  }
}

/** Reads a network as Go's netip.ParsePrefix does. */
export function parseCidr(text: string): Cidr | string {
  const fault = `network address parse error during conversion from string: "${text}"`
  const slash = text.lastIndexOf('/')
  const length = text.slice(slash + 1)
  if (slash < 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return fault
  const ip = parseIp(text.slice(0, slash))
  if (typeof ip === 'string') return ip
  return Number(length) <= ip.width ? new Cidr(ip, Number(length)) : fault
}

function cidrOrError(text: string): Cidr | CelError {
  const cidr = parseCidr(text)
  return typeof cidr === 'string' ? new CelError(cidr) : cidr
}

function containsIp({ ip, length }: Cidr, other: Ip | CelError): CelResult {
  if (other instanceof CelError) return other
  return other.family === ip.family && other.head(length) === ip.head(length)
}

function containsCidr(cidr: Cidr, other: Cidr | CelError): CelResult {
  if (other instanceof CelError) return other
  return cidr.length <= other.length && containsIp(cidr, other.ip)
}

function masked({ ip, length }: Cidr): Cidr {
  const rest = BigInt(ip.width - length)
  return new Cidr(new Ip(ip.family, (ip.bits >> rest) << rest), length)
}

const CIDR = opaque('net.CIDR')

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/cidr.go. */
export const CIDRS: readonly CelFunction[] = [
  {
    name: 'cidr',
    overloads: [globalOverload('string_to_cidr', [STRING], CIDR, (text) => cidrOrError(text as string))],
  },
  {
    name: 'isCIDR',
    overloads: [
      globalOverload('is_cidr', [STRING], BOOL, (text) => typeof parseCidr(text as string) !== 'string'),
    ],
  },
  {
    name: 'containsIP',
    overloads: [
      memberOverload('cidr_contains_ip_string', [CIDR, STRING], BOOL, (cidr, text) =>
        containsIp(cidr as Cidr, ipOrError(text as string)),
      ),
      memberOverload('cidr_contains_ip_ip', [CIDR, IP], BOOL, (cidr, ip) =>
        containsIp(cidr as Cidr, ip as Ip),
      ),
    ],
  },
  {
    name: 'containsCIDR',
    overloads: [
      memberOverload('cidr_contains_cidr_string', [CIDR, STRING], BOOL, (cidr, text) =>
        containsCidr(cidr as Cidr, cidrOrError(text as string)),
      ),
      memberOverload('cidr_contains_cidr', [CIDR, CIDR], BOOL, (cidr, other) =>
        containsCidr(cidr as Cidr, other as Cidr),
      ),
    ],
  },
  { name: 'ip', overloads: [memberOverload('cidr_ip', [CIDR], IP, (cidr) => (cidr as Cidr).ip)] },
  {
    name: 'prefixLength',
    overloads: [memberOverload('cidr_prefix_length', [CIDR], INT, (cidr) => BigInt((cidr as Cidr).length))],
  },
  {
    name: 'masked',
    overloads: [memberOverload('cidr_masked', [CIDR], CIDR, (cidr) => masked(cidr as Cidr))],
  },
  {
    name: 'string',
    overloads: [
      globalOverload(
        'cidr_to_string',
        [CIDR],
        STRING,
        (cidr) => `${formatIp((cidr as Cidr).ip)}/${(cidr as Cidr).length}`,
      ),
    ],
  },
]
