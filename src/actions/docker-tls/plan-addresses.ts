import { addressScope } from '../../docker/index.js'
import { RampartError } from '../../model/index.js'
import { ipFamily } from '../../text/index.js'
import type { TlsEndpoint } from './inventory.js'

/** The port of Docker over TLS. Source: moby v28.3.3 opts/hosts.go, DefaultTLSHTTPPort. */
export const TLS_PORT = 2376

/** Reads `10.0.0.5`, `10.0.0.5:2376`, `[fd00::5]:2376`, `localhost`; dockerd listens on addresses, not on names. */
export function parseListen(text: string): TlsEndpoint {
  const found = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text)
  const bare = ipFamily(text) === 6
  const address = bare ? text : (found?.[1] ?? found?.[2] ?? '')
  const port = bare || found?.[3] === undefined ? TLS_PORT : Number(found[3])
  if (address === '' || (ipFamily(address) === 0 && address !== 'localhost'))
    throw new RampartError(
      'usage',
      `\`${text}\` is no address to listen on: name an IP address of this host, with a port if it is not ${TLS_PORT}`,
    )
  if (port < 1 || port > 65_535)
    throw new RampartError('usage', `\`${text}\`: ${port} is no port (1 to 65535)`)
  return { address, port }
}

/** `tcp://10.0.0.5:2376`, as dockerd and its client write it. */
export function tcpWord({ address, port }: TlsEndpoint): string {
  return `tcp://${address.includes(':') ? `[${address}]` : address}:${port}`
}

/** Addresses that more than a private network reaches are for those who say so. */
export function refusePublic(endpoints: readonly TlsEndpoint[], allowPublic: boolean): void {
  if (allowPublic) return
  for (const endpoint of endpoints) {
    const scope = addressScope(endpoint.address)
    if (scope !== 'public' && scope !== 'all') continue
    const what = scope === 'all' ? 'is every address of this host, public ones too' : 'is a public address'
    throw new RampartError(
      'not-allowed',
      `${endpoint.address} ${what}: whoever gets a client certificate there is root here. Name a private address, reach the host by ssh:// contexts, or say --allow-public. Nothing was changed.`,
    )
  }
}

/** Where this host itself reaches an endpoint: an address that stands for all is asked on loopback. */
export function reachable({ address, port }: TlsEndpoint): TlsEndpoint {
  if (addressScope(address) !== 'all') return { address, port }
  return { address: ipFamily(address) === 6 ? '::1' : '127.0.0.1', port }
}

const DNS_NAME =
  /^(?=.{1,253}$)(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

/** An alternative name of a certificate. */
export type AlternativeName =
  { readonly type: 'dns'; readonly value: string } | { readonly type: 'ip'; readonly value: string }

/** A DNS name or an address for the certificate; anything else is a usage error. */
export function alternativeName(text: string): AlternativeName {
  if (ipFamily(text) !== 0) return { type: 'ip', value: text }
  if (DNS_NAME.test(text) && !/^[\d.]+$/.test(text)) return { type: 'dns', value: text }
  throw new RampartError('usage', `\`${text}\` is neither a DNS name nor an IP address`)
}

/**
 * Every name that a client may use: the user's, the addresses of the daemon (all of this host where it listens on all),
 * the host's own name, and the loopback ones by which this host asks itself. Each once.
 */
export function serverNames(options: {
  readonly named: readonly string[]
  readonly endpoints: readonly TlsEndpoint[]
  readonly hostname: string
  readonly hostAddresses: readonly string[]
}): AlternativeName[] {
  const { named, endpoints, hostname, hostAddresses } = options
  const own = endpoints.flatMap(({ address }) =>
    addressScope(address) === 'all' ? hostAddresses : [address],
  )
  const host = DNS_NAME.test(hostname) && ipFamily(hostname) === 0 ? [hostname] : []
  const all = [...named, ...own, ...host, 'localhost', '127.0.0.1', '::1'].map(alternativeName)
  return [...new Map(all.map((name) => [`${name.type} ${name.value}`, name])).values()]
}
