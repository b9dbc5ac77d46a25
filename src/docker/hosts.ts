import { addressScope, type AddressScope } from './address.js'

/** One place that dockerd listens on, as it understands a word of `-H` or `hosts`. */
export type DaemonHost =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'npipe'; readonly path: string }
  /** Sockets that systemd opened: all of them, or the one with this number. */
  | { readonly kind: 'fd'; readonly name: string }
  | { readonly kind: 'tcp'; readonly address: string; readonly port: number; readonly scope: AddressScope }
  /** dockerd refuses the word and does not start. */
  | { readonly kind: 'invalid'; readonly reason: string }

export interface HostDefaults {
  /** Whether `tls` is on: an empty word then means TCP on localhost. */
  readonly tls: boolean
  /** The user's runtime folder for a rootless daemon that RootlessKit started. */
  readonly runtimeDir?: string
}

const DEFAULT_SOCKET = '/var/run/docker.sock'
const DEFAULT_PIPE = '//./pipe/docker_engine'

/**
 * Reads one word of `-H` or `hosts`. TCP without a port is 2375, with TLS too; only an empty word with TLS means 2376.
 * TCP without an address is localhost.
 * Source: moby v28.3.3 opts/hosts.go, ParseHost, parseDaemonHost, ParseTCPAddr.
 */
export function parseDaemonHost(word: string, defaults: HostDefaults): DaemonHost {
  const host = word.trim()
  if (host === '') return defaultHost(defaults)
  const cut = host.indexOf('://')
  const proto = cut < 0 ? 'tcp' : host.slice(0, cut)
  const rest = cut < 0 ? host : host.slice(cut + 3)
  switch (proto) {
    case 'unix':
      return rest.includes('://')
        ? invalid(`invalid unix address`)
        : { kind: 'unix', path: rest || DEFAULT_SOCKET }
    case 'npipe':
      return rest.includes('://')
        ? invalid(`invalid npipe address`)
        : { kind: 'npipe', path: rest || DEFAULT_PIPE }
    case 'fd':
      return { kind: 'fd', name: rest }
    case 'tcp':
      return parseTcp(rest)
    default:
      return invalid(`unsupported protocol \`${proto.slice(0, 40)}\``)
  }
}

function defaultHost({ tls, runtimeDir }: HostDefaults): DaemonHost {
  if (tls) return { kind: 'tcp', address: 'localhost', port: 2376, scope: 'loopback' }
  return { kind: 'unix', path: runtimeDir === undefined ? DEFAULT_SOCKET : `${runtimeDir}/docker.sock` }
}

/** The authority of a URL: `[v6]:port`, `name:port`, each part may be absent. */
const AUTHORITY = /^(?:[^@/?#]*@)?(?:\[([^\]]*)\]|([^:/?#[\]]*))(?::([^/?#]*))?(\/[^?#]*)?(?:[?#].*)?$/s

function parseTcp(rest: string): DaemonHost {
  const parts = AUTHORITY.exec(rest)
  if (parts === null) return invalid('it is no address with a port')
  const [, bracketed, plain, portText = '', path = ''] = parts
  if (path !== '') return invalid('it should not contain a path')
  const port = portText === '' ? 2375 : Number(portText)
  if (portText !== '' && (!/^\d{1,10}$/.test(portText) || port === 0 || port > 65535))
    return invalid('invalid port')
  const address = bracketed ?? plain ?? ''
  // eslint-disable-next-line no-control-regex -- these signs are what is looked for
  if (/[\s\u0000-\u001f\u007f<>"]/.test(address)) return invalid('invalid sign in the address')
  const named = address === '' ? 'localhost' : decodeZone(address)
  return { kind: 'tcp', address: named, port, scope: addressScope(named) }
}

function decodeZone(address: string): string {
  return address.replace('%25', '%')
}

function invalid(reason: string): DaemonHost {
  return { kind: 'invalid', reason }
}

/** A host as dockerd would print it: `tcp://[::1]:2376`, `unix:///run/docker.sock`. */
export function formatDaemonHost(host: DaemonHost): string {
  switch (host.kind) {
    case 'tcp': {
      const address = host.address.includes(':') ? `[${host.address}]` : host.address
      return `tcp://${address}:${host.port}`
    }
    case 'fd':
      return `fd://${host.name}`
    case 'invalid':
      return `(${host.reason})`
    default:
      return `${host.kind}://${host.path}`
  }
}
