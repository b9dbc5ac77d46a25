import { RampartError } from '../model/index.js'
import { ipFamily } from '../text/index.js'

/** An address as the user named it; without a port each probe takes its own. */
export interface Address {
  readonly host: string
  readonly port?: number
}

/** One port of one host. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

// RFC 1123 names, with the underscore that resolvers take as well.
const HOST_NAME = /^(?=.{1,253}$)[A-Za-z0-9_](?:[\w-]{0,62})(?:\.[A-Za-z0-9_](?:[\w-]{0,62}))*\.?$/

/** Reads `HOST`, `HOST:PORT`, `[V6]:PORT` or a bare IPv6 address; anything else is a usage error that names it. */
export function parseAddress(text: string): Address {
  if (/^[A-Za-z][\w+.-]*:\/\//.test(text) || text.includes('/')) {
    throw wrong(text, 'name a host and a port, not a URL: `HOST` or `HOST:PORT`')
  }
  if (ipFamily(text) !== 0) return { host: text }
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text)
  if (match === null) throw wrong(text, 'an IPv6 address with a port is written `[ADDRESS]:PORT`')
  const [, bracketed, plain, port] = match
  const host = bracketed ?? plain ?? ''
  if (bracketed !== undefined ? ipFamily(bracketed) !== 6 : !isHost(host)) {
    throw wrong(text, `\`${host}\` is no host name and no IP address`)
  }
  return port === undefined ? { host } : { host, port: portOf(port, text) }
}

function isHost(host: string): boolean {
  // A name of digits and dots alone is a mistyped address: resolvers read `10.1` as 10.0.0.1.
  return /^[\d.]+$/.test(host) ? ipFamily(host) === 4 : HOST_NAME.test(host)
}

function portOf(text: string, address: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw wrong(address, `\`${text}\` is no port (1 to 65535)`)
  return port
}

function wrong(text: string, why: string): RampartError {
  return new RampartError('usage', `cannot probe \`${text}\`: ${why}`)
}

/** `host:port`, with an IPv6 address in brackets. */
export function formatEndpoint({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
