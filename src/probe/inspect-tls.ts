import { X509Certificate } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { ProbedTls, ProbedTlsVersion } from '../model/index.js'
import type { Endpoint } from './address.js'
import { clientHello, TLS_VERSION_NUMBERS, type TlsVersion } from './client-hello.js'
import { describeCertificate } from './describe-certificate.js'
import { closedFailure, failureOf, type Failure } from './failure.js'
import { alertName, readFlight, type ServerFlight } from './server-flight.js'
import { sentChain } from './sent-chain.js'
import type { Session } from './session.js'

/** What a port speaks. `silent`: TCP is taken, but a TLS hello is not answered in time. */
export type Spoken =
  | { readonly kind: 'tls'; readonly tls: ProbedTls; readonly certificates: readonly X509Certificate[] }
  | { readonly kind: 'not-tls' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'failed'; readonly failure: Failure }

type Heard = { readonly kind: 'flight'; readonly flight: ServerFlight } | Failure

/** The versions from the one that nearly all speak; the order in which they are told is by age. */
const ORDER: readonly TlsVersion[] = ['TLS 1.2', 'TLS 1.3', 'TLS 1.1', 'TLS 1.0']
/** More than any certificate chain that clients take. */
const MOST_BYTES = 128 * 1024

/** Learns what a server shows of itself in clear: versions, certificates, whom it asks for one. No handshake is ended. */
export async function inspectTls(endpoint: Endpoint, session: Session): Promise<Spoken> {
  const versions = new Map<TlsVersion, ProbedTlsVersion>()
  let best: ServerFlight | undefined
  for (const version of ORDER) {
    const heard = await sayHello(endpoint, version, session)
    if (version === 'TLS 1.2') {
      const end = endsHere(heard)
      if (end !== undefined) return end
    }
    versions.set(version, judgeVersion(version, heard))
    if (heard.kind === 'flight' && heard.flight.certificates.length > 0) best ??= heard.flight
  }
  const all = [...versions.values()].sort((a, b) => (a.version < b.version ? -1 : 1))
  if (all.every(({ offered }) => offered !== true)) {
    const detail = all.map(({ version, detail: why }) => `${version}: ${why}`).join(', ')
    return {
      kind: 'failed',
      failure: { kind: 'closed', detail: `no version of TLS was taken up (${detail})` },
    }
  }
  const certificates = best === undefined ? await sentChain(endpoint, session) : readable(best.certificates)
  const tls: ProbedTls = {
    versions: all,
    chain: certificates.map(describeCertificate),
    clientCertificate: {
      // In 1.3 the request is encrypted; only an older version shows it.
      asked: best === undefined ? 'unknown' : best.authorities !== undefined,
      authorities: await namesOf(best?.authorities ?? []),
    },
  }
  return { kind: 'tls', tls, certificates }
}

/** What the first hello already settles. */
function endsHere(heard: Heard): Spoken | undefined {
  if (heard.kind === 'flight') return heard.flight.notTls ? { kind: 'not-tls' } : undefined
  if (heard.kind === 'timeout') return { kind: 'silent' }
  return heard.kind === 'nothing-listens' || heard.kind === 'unreachable'
    ? { kind: 'failed', failure: heard }
    : undefined
}

function judgeVersion(version: TlsVersion, heard: Heard): ProbedTlsVersion {
  if (heard.kind !== 'flight') {
    // One version among others that is answered by hanging up is refused; a silence says nothing.
    const offered = heard.kind === 'closed' || heard.kind === 'tls-refused' ? false : 'unknown'
    return { version, offered, detail: heard.detail }
  }
  const { flight } = heard
  if (flight.alert !== undefined) {
    return { version, offered: false, detail: `alert \`${alertName(flight.alert)}\`` }
  }
  if (flight.version === TLS_VERSION_NUMBERS[version]) return { version, offered: true, detail: 'offered' }
  return { version, offered: flight.version === undefined ? 'unknown' : false, detail: 'another version' }
}

async function sayHello(endpoint: Endpoint, version: TlsVersion, session: Session): Promise<Heard> {
  await session.pace()
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0)
    let done = false
    const socket: Socket = connect({ ...endpoint, autoSelectFamily: true }, () => {
      socket.write(clientHello(version, session.credential.serverName ?? endpoint.host))
    })
    const finish = (heard: Heard): void => {
      if (done) return
      done = true
      clearTimeout(timer)
      socket.destroy()
      resolve(heard)
    }
    const soFar = (otherwise: Failure): Heard => {
      const flight = readFlight(bytes)
      const says = flight.version !== undefined || flight.alert !== undefined
      return says ? { kind: 'flight', flight } : otherwise
    }
    const { timeoutMs } = session.limits
    const timer = setTimeout(() => {
      finish(soFar({ kind: 'timeout', detail: `no answer within ${timeoutMs} ms` }))
    }, timeoutMs)
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const flight = readFlight(bytes)
      if (flight.done || bytes.length >= MOST_BYTES) finish({ kind: 'flight', flight })
    })
    socket.on('error', (error) => finish(soFar(failureOf(error, bytes.length > 0, false))))
    socket.on('close', () => finish(soFar(closedFailure(false, false))))
  })
}

function readable(certificates: readonly Buffer[]): X509Certificate[] {
  return certificates.flatMap((der) => {
    try {
      return [new X509Certificate(der)]
    } catch {
      return []
    }
  })
}

/** Distinguished names in words; the library that reads them is loaded only for this. */
async function namesOf(authorities: readonly Buffer[]): Promise<string[]> {
  if (authorities.length === 0) return []
  const { nameInWords } = await import('./distinguished-name.js')
  return authorities.map(nameInWords)
}
