import type { X509Certificate } from 'node:crypto'
import type { Evidence, ProbedTls } from '../model/index.js'
import { ipFamily } from '../text/index.js'
import { formatEndpoint, type Endpoint } from './address.js'
import type { Ledger } from './ledger.js'
import type { Session } from './session.js'
import { verifyServer } from './verify-server.js'

const DAY = 24 * 60 * 60 * 1000
const SOON = 30 * DAY

/** What a server shows of itself in TLS: its versions, and its certificate's dates, names and issuer. */
export async function judgeTls(
  endpoint: Endpoint,
  tls: ProbedTls,
  certificates: readonly X509Certificate[],
  ledger: Ledger,
  session: Session,
): Promise<void> {
  ledger.noteTls(tls)
  judgeVersions(endpoint, tls, ledger)
  const [certificate] = certificates
  if (certificate === undefined) {
    for (const id of CERTIFICATE_QUESTIONS) ledger.unknown(id, 'the server showed no certificate')
    return
  }
  judgeDates(endpoint, certificate, ledger, session.now)
  judgeName(endpoint, certificate, ledger, session.credential.serverName ?? endpoint.host)
  await judgeTrust(endpoint, tls, ledger, session)
}

const CERTIFICATE_QUESTIONS = [
  'probe-tls-certificate-dates',
  'probe-tls-certificate-name',
  'probe-tls-certificate-trust',
] as const

function judgeVersions(endpoint: Endpoint, { versions }: ProbedTls, ledger: Ledger): void {
  const old = versions.filter(({ version }) => version === 'TLS 1.0' || version === 'TLS 1.1')
  const offered = old.filter((each) => each.offered === true).map(({ version }) => version)
  const open = old.filter((each) => each.offered === 'unknown')
  if (offered.length > 0) {
    ledger.fail('probe-tls-old-version', {
      message: `${offered.join(' and ')} ${offered.length === 1 ? 'is' : 'are'} offered`,
      evidence: offered.map((version) => shows(endpoint, version, `the server takes up ${version}`)),
    })
  } else if (open.length > 0) {
    const why = open.map(({ version, detail }) => `${version}: ${detail}`).join('; ')
    ledger.unknown('probe-tls-old-version', why)
  } else ledger.pass('probe-tls-old-version')
}

function judgeDates(endpoint: Endpoint, certificate: X509Certificate, ledger: Ledger, now: number): void {
  const id = 'probe-tls-certificate-dates'
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
  if (Number.isNaN(from) || Number.isNaN(to)) {
    return ledger.unknown(id, 'the dates of the certificate cannot be read')
  }
  const fail = (message: string, low = false): void =>
    ledger.fail(id, {
      message,
      evidence: [shows(endpoint, 'certificate dates', `valid from ${day(from)} to ${day(to)}`)],
      ...(low ? { severity: 'low', because: 'it is still valid, for less than 30 days' } : {}),
    })
  if (now > to) return fail(`the certificate expired on ${day(to)}`)
  if (now < from) return fail(`the certificate is not valid before ${day(from)}`)
  // Short-lived certificates are renewed in time: what is soon is measured by their whole life.
  if (to - now < Math.min(SOON, (to - from) / 5)) return fail(`the certificate expires on ${day(to)}`, true)
  ledger.pass(id)
}

function judgeName(endpoint: Endpoint, certificate: X509Certificate, ledger: Ledger, name: string): void {
  const id = 'probe-tls-certificate-name'
  // Go has not looked at the common name since 1.15.
  const holds =
    ipFamily(name) === 0 ? certificate.checkHost(name, { subject: 'never' }) : certificate.checkIP(name)
  if (holds !== undefined) return ledger.pass(id)
  const names = certificate.subjectAltName ?? 'no alternative name'
  ledger.fail(id, {
    message: `the certificate does not hold \`${name}\``,
    evidence: [shows(endpoint, 'certificate names', `it holds ${names}`)],
  })
}

async function judgeTrust(
  endpoint: Endpoint,
  { chain }: ProbedTls,
  ledger: Ledger,
  session: Session,
): Promise<void> {
  const id = 'probe-tls-certificate-trust'
  const { ca, identity } = session.credential
  const [first] = chain
  if (ca === undefined) {
    if (first?.selfSigned !== true)
      return ledger.notApplicable(id, 'no authority to verify it by was named (--ca)')
    return ledger.fail(id, {
      message: 'the certificate is self-signed',
      evidence: [shows(endpoint, 'certificate issuer', `issued by itself: ${first.issuer}`)],
    })
  }
  const trust = await verifyServer(endpoint, ca, session, identity)
  ledger.note({
    ask: `verify the certificate of ${formatEndpoint(endpoint)} by --ca, for the name ${session.credential.serverName ?? endpoint.host}`,
    answer: trust.kind === 'trusted' ? 'verified' : trust.detail,
    state: trust.kind === 'trusted' ? 'closed' : trust.kind === 'untrusted' ? 'open' : 'unknown',
    meaning:
      trust.kind === 'trusted'
        ? 'nobody without a certificate of this authority can stand in for it'
        : trust.kind === 'untrusted'
          ? 'a client that verifies refuses it'
          : 'whether a client that verifies takes it is not known',
  })
  if (trust.kind === 'trusted') ledger.pass(id)
  else if (trust.kind === 'unknown') ledger.unknown(id, `it could not be verified: ${trust.detail}`)
  else {
    ledger.fail(id, {
      message: `a client that trusts the authority in --ca refuses the server: ${trust.detail}`,
      evidence: [shows(endpoint, 'certificate issuer', `issued by ${first?.issuer ?? 'nobody'}`)],
    })
  }
}

function shows(endpoint: Endpoint, what: string, message: string): Evidence {
  return { key: `${formatEndpoint(endpoint)}, ${what}`, message }
}
