import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'

/** The addresses of one node: a link of two between this machine and the node's network namespace, and its pods'. */
export interface NodeNetwork {
  /** This machine's end. */
  readonly host: string
  readonly node: string
  readonly pods: string
}

/** How many nodes a cluster may have: the certificate of the API server names this machine's end of each link. */
const MOST = 9

/** A second byte for the addresses of one cluster: by chance, of those that no cluster beside it has taken. */
export function chooseNetwork(): number {
  const taken = Object.values(networkInterfaces()).flatMap(
    (each) => each?.map(({ address }) => address) ?? [],
  )
  const free = Array.from({ length: 150 }, (_, index) => 100 + index).filter(
    (second) => !taken.some((address) => address.startsWith(`10.${second}.`)),
  )
  const chosen = free[Math.floor(Math.random() * free.length)]
  if (chosen === undefined) throw new Error('no network of 10.100.0.0 to 10.249.255.255 is free')
  return chosen
}

export function nodeNetwork(network: number, index: number): NodeNetwork {
  if (index > MOST) throw new Error(`a cluster may have ${MOST} nodes`)
  const base = `10.${network}`
  return { host: `${base}.${index}.1`, node: `${base}.${index}.2`, pods: `${base}.${100 + index}.0/24` }
}

/** The addresses at which nodes reach the API server. */
export function relayAddresses(network: number): string[] {
  return Array.from({ length: MOST }, (_, index) => nodeNetwork(network, index + 1).host)
}

/**
 * Plugs a cable between this machine and the network namespace of a process. It goes when the namespace goes. This
 * machine does not forward, so that nothing of the node leaves it.
 */
export function plugIn(pid: number, { host, node, pods }: NodeNetwork): void {
  const name = `rampart${randomBytes(4).toString('hex')}`
  const ip = (...args: string[]): void =>
    void execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid))
  ip('address', 'add', `${host}/30`, 'dev', name)
  ip('link', 'set', name, 'up')
  ip('route', 'add', pods, 'via', node)
}

/** Whether a process has a network namespace of its own by now. */
export function hasOwnNetwork(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`) !== readlinkSync('/proc/self/ns/net')
  } catch {
    return false
  }
}

/** Passes connections on from this machine's end of a link to the API server, which listens on loopback alone. */
export function relay(address: string, port: number): Promise<Server> {
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    from.pipe(to).pipe(from)
    from.on('error', () => to.destroy())
    to.on('error', () => from.destroy())
    from.on('close', () => to.destroy())
  })
  // It serves the node as long as the process lives, and is no reason for it to live.
  server.unref()
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, address, () => resolve(server))
  })
}
