import net from 'node:net'
import { RampartError } from '../model/index.js'
import { joinHostPort, type ListenAddress } from './listen-addresses.js'
import { joinSockets } from './join-sockets.js'
import type { PortPair } from './port-pair.js'
import type { TunnelPool } from './tunnel-pool.js'
import type { RemoteConnection } from './tunnel.js'
import { PodSession, type SessionOptions } from './pod-session.js'

export interface PortForwardOptions extends SessionOptions {
  readonly addresses: readonly ListenAddress[]
  /** Told of each place that is listened on, as kubectl prints it. */
  readonly onListening: (text: string) => void
}

/** Addresses that were listened on, and how it ends. */
export interface PortForward {
  readonly listening: readonly { readonly host: string; readonly port: number; readonly remote: number }[]
  readonly ended: Promise<Error | undefined>
  close(): Promise<void>
}

/** Listens on local ports and forwards each connection to a port of a pod, until the signal ends it. */
export async function startPortForward(options: PortForwardOptions): Promise<PortForward> {
  const session = await PodSession.start(options)
  const sockets = new Set<net.Socket>()
  const servers: net.Server[] = []
  const listening: { host: string; port: number; remote: number }[] = []
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    session.close()
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
  for (const [index, pair] of session.ports.entries()) {
    const found = await listenOn(pair, options, (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      void forward(socket, index, session, options.say)
    })
    servers.push(...found.map(({ server }) => server))
    listening.push(...found.map(({ host, port }) => ({ host, port, remote: pair.remote })))
  }
  if (servers.length === 0) {
    await close()
    throw new RampartError('usage', 'unable to listen on any of the requested ports')
  }
  return { listening, ended: session.ended, close }
}

interface Listening {
  readonly server: net.Server
  readonly host: string
  readonly port: number
}

/** One port on every address; a random port is the same on all. Source: client-go, listenOnPort. */
async function listenOn(
  pair: PortPair,
  { addresses, onListening, say }: PortForwardOptions,
  take: (socket: net.Socket) => void,
): Promise<Listening[]> {
  const found: Listening[] = []
  const failures: { readonly optional: boolean; readonly message: string }[] = []
  let port = pair.local
  for (const { host, optional } of addresses) {
    try {
      const server = await listen(host, port, take)
      port = (server.address() as net.AddressInfo).port
      found.push({ server, host, port })
    } catch (error) {
      failures.push({ optional, message: `${joinHostPort(host, port)}: ${(error as Error).message}` })
    }
  }
  const enough =
    addresses.filter(({ optional }) => optional).length > failures.filter(({ optional }) => optional).length
  if (failures.some(({ optional }) => !optional || !enough)) {
    say(`Unable to listen on port ${pair.local}: ${failures.map(({ message }) => message).join('; ')}`)
    // kubectl leaves those that it could open open, and says nothing of them; they serve nobody who was promised them.
    for (const { server } of found) server.close()
    return []
  }
  for (const { host } of found) onListening(`Forwarding from ${joinHostPort(host, port)} -> ${pair.remote}`)
  return found
}

function listen(host: string, port: number, take: (socket: net.Socket) => void): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, take)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, ipv6Only: host.includes(':') }, () => {
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve(server)
    })
  })
}

/** One connection from its beginning to its end; whatever happens ends it, and nothing else. */
async function forward(
  socket: net.Socket,
  index: number,
  session: PodSession,
  say: (text: string) => void,
): Promise<void> {
  socket.on('error', () => undefined)
  const { localPort } = socket
  try {
    const { ports, pool, podName } = await session.current
    const remote = ports[index]?.remote ?? 0
    const failed = await joinSockets(socket, await connect(pool, remote))
    pool.tidy()
    if (failed !== undefined) {
      say(`an error occurred forwarding ${localPort ?? 0} -> ${remote} (pod ${podName}): ${failed.trim()}`)
    }
  } catch (error) {
    say(`connection to local port ${localPort ?? 0} was refused: ${(error as Error).message}`)
    socket.resetAndDestroy()
  }
}

/** A tunnel that was lost unnoticed shows it at the first use; then another is opened. */
async function connect(pool: TunnelPool, port: number): Promise<RemoteConnection> {
  const tunnel = await pool.take()
  try {
    return await tunnel.connect(port)
  } catch (error) {
    if (tunnel.open) throw error
    return (await pool.take()).connect(port)
  }
}
