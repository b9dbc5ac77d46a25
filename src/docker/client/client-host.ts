import { formatDaemonHost, parseDaemonHost, type DaemonHost } from '../hosts.js'
import { clientFactHolds } from './client-facts.js'

/** Where Docker's command line connects to, as it understands -H, DOCKER_HOST or the endpoint of a context. */
export type ClientHost =
  | { readonly kind: 'socket' | 'tcp' | 'ssh'; readonly text: string; readonly host?: DaemonHost }
  | { readonly kind: 'invalid'; readonly reason: string }

export interface ClientHostReading {
  /** Whether TLS is switched on: an empty word then means TCP on localhost. */
  readonly tls: boolean
  /** The client's version (`28.2.2`), where it is known. */
  readonly version: string | undefined
}

/**
 * Reads one address as the client does: as the daemon's own, with ssh:// beside it, and a path behind the port, which goes
 * before every request.
 * Source: docker/cli v28.2.2 opts/hosts.go, ParseHost, ParseTCPAddr.
 */
export function clientHost(word: string, { tls, version }: ClientHostReading): ClientHost {
  const trimmed = word.trim()
  if (trimmed.startsWith('ssh://')) return sshHost(trimmed, version)
  // The client puts the port behind the brackets, in brackets of its own; the daemon does not.
  if (/^(?:tcp:\/\/)?\[[^\]]*\](?:\/|$)/.test(trimmed))
    return { kind: 'invalid', reason: 'the client wants a port behind an IPv6 address in brackets' }
  const [, address = '', path = ''] = /^((?:tcp:\/\/)?[^/]*)(\/(?!\/)[^?#]*)$/.exec(trimmed) ?? []
  const host = parseDaemonHost(address === '' ? word : address, { tls })
  if (host.kind === 'invalid') return host
  if (host.kind === 'fd')
    return {
      kind: 'invalid',
      reason: 'fd:// names sockets that systemd hands to dockerd; no client connects to it',
    }
  if (host.kind === 'npipe') return { kind: 'invalid', reason: 'named pipes are there on Windows alone' }
  const text = formatDaemonHost(host)
  return host.kind === 'tcp' ? { kind: 'tcp', text: `${text}${path}`, host } : { kind: 'socket', text, host }
}

/** `user:password@`, host, `:port`, path, query, fragment. */
const SSH = /^ssh:\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::[^/?#]*)?([^?#]*)(\?[^#]+)?(#.+)?/s

/** Source: docker/cli v28.2.2 cli/connhelper/ssh/ssh.go, newSpec; v27.5.1 for the path. */
function sshHost(text: string, version: string | undefined): ClientHost {
  const [, user = '', name = '', path = '', query, fragment] = SSH.exec(text) ?? []
  const reason = user.includes(':')
    ? 'docker takes no password in an ssh:// address'
    : name === ''
      ? 'it names no host'
      : query !== undefined || fragment !== undefined
        ? 'an ssh:// address has no query and no fragment'
        : path !== '' && clientFactHolds('ssh-path', version) === false
          ? 'this version takes no path in an ssh:// address'
          : undefined
  return reason === undefined ? { kind: 'ssh', text } : { kind: 'invalid', reason }
}
