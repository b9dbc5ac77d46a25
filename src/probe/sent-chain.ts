import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import type { Endpoint } from './address.js'
import type { Session } from './session.js'

/**
 * The certificates of a server that speaks TLS 1.3 alone, where they are encrypted: a handshake without a client
 * certificate shows them, since it is judged only after it. Empty where that fails.
 */
export async function sentChain(endpoint: Endpoint, session: Session): Promise<X509Certificate[]> {
  await session.pace()
  const name = session.credential.serverName ?? endpoint.host
  return new Promise((resolve) => {
    const finish = (chain: X509Certificate[]): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(chain)
    }
    const timer = setTimeout(() => finish([]), session.limits.timeoutMs)
    const socket = connect(
      { ...endpoint, rejectUnauthorized: false, ...(isIP(name) === 0 ? { servername: name } : {}) },
      () => finish(chainFrom(socket.getPeerX509Certificate())),
    )
    socket.on('error', () => finish([]))
    socket.on('close', () => finish([]))
  })
}

/** A chain is at most so long; a server may send its links in a circle. */
const LONGEST_CHAIN = 10

function chainFrom(first: X509Certificate | undefined): X509Certificate[] {
  const chain: X509Certificate[] = []
  let here = first
  while (here !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(here)
    const above: X509Certificate | undefined = here.issuerCertificate
    here = above?.fingerprint256 === here.fingerprint256 ? undefined : above
  }
  return chain
}
