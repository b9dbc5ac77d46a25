import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { RampartError } from '../../model/index.js'
import type { Issued } from '../../pki/index.js'
import { dockerProbeTable, runProbes, type DockerProbeRow } from '../../probe/index.js'
import type { TlsEndpoint } from './inventory.js'
import { reachable } from './plan-addresses.js'

/** What each probe of one address gave. */
export interface ProbedDaemon {
  readonly endpoint: TlsEndpoint
  readonly six: readonly DockerProbeRow[]
  readonly name: DockerProbeRow
}

const PLAIN_PORT = 2375
/** One probe in milliseconds: the daemon is on this machine. */
const PATIENCE = 5_000
const MOST_BYTES = 8192
const PER_SECOND = 100

/** Asks a daemon on this machine by the six probes, before or after it asks for certificates. */
export async function probeDaemon(options: {
  readonly endpoint: TlsEndpoint
  /** The port that served without TLS before. */
  readonly plain: TlsEndpoint | undefined
  readonly authority: string
  readonly client: Issued
  readonly server: Issued
}): Promise<ProbedDaemon> {
  const at = reachable(options.endpoint)
  const plain = options.plain === undefined ? { ...at, port: PLAIN_PORT } : reachable(options.plain)
  const addresses = [plain, at].map(({ address, port }) => ({ host: address, port }))
  const { probes = [] } = await runProbes({
    kind: 'docker',
    addresses,
    credential: { ca: options.authority, identity: options.client, wrongUsage: options.server },
    limits: { timeoutMs: PATIENCE, maxBytes: MOST_BYTES },
    perSecond: PER_SECOND,
    // Stands in reports alone, and none is made here.
    version: '',
    now: Date.now(),
  })
  const of = (port: number): (typeof probes)[number] | undefined =>
    probes.find(({ address }) => address.endsWith(`:${port}`))
  const [plainPort, tlsPort] = [of(plain.port), of(at.port)]
  if (plainPort === undefined || tlsPort === undefined)
    throw new RampartError('unreachable', 'the probes gave no report')
  return { endpoint: options.endpoint, ...dockerProbeTable(plainPort, tlsPort) }
}

/** Whether a daemon answers on its local socket: any status line of its ping counts. */
export function answersOnSocket(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: PATIENCE }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}

/** Whether anything takes connections there. */
export function listensOn(endpoint: TlsEndpoint): Promise<boolean> {
  const { address, port } = reachable(endpoint)
  return new Promise((resolve) => {
    const socket = connectTcp({ host: address, port, timeout: PATIENCE })
    const end = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', () => end(false))
  })
}

/**
 * The SHA-256 (hex) of the certificate that is served, undefined where none is. It proves which configuration the process
 * behind the port was started with, which an answer alone does not: the old process answers for a while.
 */
export function servedCertificate(endpoint: TlsEndpoint): Promise<string | undefined> {
  const { address, port } = reachable(endpoint)
  return new Promise((resolve) => {
    const socket = connectTls({ host: address, port, rejectUnauthorized: false, timeout: PATIENCE }, () => {
      end(socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase())
    })
    const end = (fingerprint: string | undefined): void => {
      socket.destroy()
      resolve(fingerprint)
    }
    socket.on('timeout', () => end(undefined))
    socket.on('error', () => end(undefined))
    socket.on('close', () => end(undefined))
  })
}
