import { formatDaemonHost, type AddressScope } from '../../docker/index.js'
import type { Listener } from '../../effective/index.js'
import type { Fix, Reach, Severity } from '../../model/index.js'
import type { DockerdSubject, EvidenceInput } from '../define-check.js'
import { advice, withPrecondition } from '../precondition.js'

/** A TCP socket of the daemon; `scope` says who can send to it. */
export interface TcpSocket {
  readonly listener: Listener
  readonly scope: AddressScope
  /** `tcp://0.0.0.0:2375` */
  readonly shown: string
}

/** The TCP sockets that were seen. */
export function tcpSockets(docker: DockerdSubject): TcpSocket[] {
  return docker.listeners.seen.flatMap((listener) =>
    listener.host.kind === 'tcp'
      ? [{ listener, scope: listener.host.scope, shown: formatDaemonHost(listener.host) }]
      : [],
  )
}

/** The line that opens a socket. */
export function socketEvidence({ listener, shown }: TcpSocket): EvidenceInput {
  const by = listener.activated ? 'systemd opens' : 'dockerd listens on'
  return { origin: listener.origin, key: `hosts ${shown}`, message: `${by} \`${shown}\`` }
}

/** How far a fault of an open socket reaches: a loopback address is left to local users and pods on the host network. */
export function exposureOf(scope: AddressScope): {
  readonly severity: Severity
  readonly reach: Reach
  readonly because: string
} {
  if (scope !== 'loopback') {
    return {
      severity: 'critical',
      reach: 'unauthenticated',
      because: 'whoever reaches the port starts a privileged container and is root on the host',
    }
  }
  return {
    severity: 'high',
    reach: 'pod',
    because:
      'only this host reaches a loopback address, but every local user and every container on its network is root then',
  }
}

/** Closes one socket: its word taken out of `hosts`, the local socket kept. */
export function closeSocket(docker: DockerdSubject, socket: TcpSocket): Fix {
  const { listener } = socket
  if (listener.activated) {
    return advice(
      'Take the `ListenStream=` line of the TCP address out of docker.socket by a drop-in (an empty `ListenStream=` first, then `/run/docker.sock`), then `systemctl daemon-reload` and `systemctl restart docker.socket docker`.',
      { breaks: 'clients that use the TCP address' },
    )
  }
  const rest = docker.listeners.seen.filter((other) => !other.activated && other.host.kind !== 'tcp')
  const kept = rest.length === 0 ? ['unix:///var/run/docker.sock'] : rest.map((other) => other.word)
  const words = docker.config.settings.some(
    ({ setting, source }) => setting === 'hosts' && source.kind === 'flag',
  )
    ? advice(
        `Take \`-H ${listener.word}\` out of the command line of dockerd by a drop-in for docker.service with an empty \`ExecStart=\` first, then the full command; then \`systemctl daemon-reload\` and \`systemctl restart docker\`. Remote clients use SSH or mutual TLS instead.`,
        { breaks: 'clients that use the TCP address' },
      )
    : docker.change('hosts', kept)
  return withPrecondition(words, 'no client uses the TCP address, or it has SSH or mutual TLS instead')
}
