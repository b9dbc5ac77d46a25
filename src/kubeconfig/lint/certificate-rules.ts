import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import type { JsonPath } from '../../model/index.js'
import { certificatesOf, subjectOf } from '../../pki/index.js'
import type { KubeconfigUser } from '../kubeconfig.js'
import type { LintEntry, LintFile } from './lint-file.js'

const DAY = 24 * 60 * 60 * 1000
/** There is no revocation: what is stolen stays good until it ends. */
const LONG_LIFE = 90 * DAY

/** Client certificates: expired, long-lived, of another key, of another authority. */
export function lintCertificates(file: LintFile): void {
  for (const user of file.users) {
    const { clientCertificate, clientCertificateData, clientKey, clientKeyData } = user.entry
    if (clientCertificate === '' && clientCertificateData.length === 0) continue
    const subject = `user ${user.name}`
    const inFile = clientCertificateData.length === 0
    const at = [...user.path, inFile ? 'client-certificate' : 'client-certificate-data']
    const both: [string, boolean][] = [
      ['client-certificate', clientCertificate !== '' && clientCertificateData.length > 0],
      ['client-key', clientKey !== '' && clientKeyData.length > 0],
    ]
    for (const [key] of both.filter(([, twice]) => twice)) {
      const message = `${key} and ${key}-data are both set: kubectl refuses that`
      file.report({ rule: 'data-and-file', level: 'error', subject, message, fix: 'keep one of them' }, [
        ...user.path,
        key,
      ])
    }
    const pem = inFile ? file.world.read(file.resolve(clientCertificate)) : clientCertificateData
    const certificate = pem === undefined ? undefined : certificatesOf(pem.toString('utf8'))[0]
    if (certificate === undefined) {
      const message = inFile
        ? `no certificate can be read from \`${file.resolve(clientCertificate)}\``
        : 'there is no certificate in it'
      file.report(
        {
          rule: 'unreadable-certificate',
          level: 'error',
          subject,
          message,
          fix: 'set the client certificate',
        },
        at,
      )
      continue
    }
    judgeCertificate(file, subject, at, certificate, 'client')
    lintKey(file, user, certificate, at)
    lintIssuer(file, user, certificate, at)
  }
}

/** Short lives are good: what was made for hours is near its end only in its last third. */
function lifeOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)
}

/** The dates of one certificate. */
export function judgeCertificate(
  { world, report }: LintFile,
  subject: string,
  path: JsonPath,
  certificate: X509Certificate,
  kind: 'client' | 'authority',
): void {
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)]
  const who = kind === 'client' ? describe(certificate) : `the authority \`${oneLine(certificate.subject)}\``
  const say = (rule: string, level: 'error' | 'warning', message: string, fix: string): void =>
    report({ rule, level, subject, message: `${who} ${message}`, fix }, path)
  if (to <= world.now) say('expired-certificate', 'error', `expired on ${day(to)}`, 'get a new one')
  else if (from > world.now)
    say('expired-certificate', 'error', `does not hold before ${day(from)}`, 'compare the clocks')
  else if (to.getTime() - world.now.getTime() <= Math.min(world.expiringWithin, lifeOf(certificate) / 3))
    say('expiring-certificate', 'warning', `expires on ${day(to)}`, 'get a new one')
  if (kind === 'client' && to > world.now && to.getTime() - from.getTime() > LONG_LIFE)
    say(
      'long-lived-credential',
      'warning',
      `holds from ${day(from)} to ${day(to)}: a client certificate cannot be revoked`,
      'use certificates of hours: rampart kubeconfig mint',
    )
  if (kind === 'client' && subjectOf(certificate).groups.includes('system:masters'))
    say(
      'masters-certificate',
      'warning',
      'is of the group that no authorizer can deny anything',
      'use a certificate without that group, and a binding',
    )
}

function lintKey(
  file: LintFile,
  user: LintEntry<KubeconfigUser>,
  certificate: X509Certificate,
  at: JsonPath,
): void {
  const { clientKey, clientKeyData } = user.entry
  const subject = `user ${user.name}`
  const inFile = clientKeyData.length === 0
  const key = inFile ? 'client-key' : 'client-key-data'
  const say = (rule: string, message: string, fix: string): void =>
    file.report({ rule, level: 'error', subject, message, fix }, [...user.path, key])
  if (inFile && clientKey === '') {
    const message = 'the client certificate has no key'
    return file.report({ rule: 'no-key', level: 'error', subject, message, fix: 'set client-key-data' }, at)
  }
  const pem = inFile ? file.world.read(file.resolve(clientKey)) : clientKeyData
  // That a file is not there is said by the rule about files.
  if (pem === undefined) return
  const read = keyOf(pem)
  if (read === undefined)
    say('unreadable-key', 'there is no private key in it that can be used', 'set the key')
  else if (!certificate.checkPrivateKey(read))
    say('key-mismatch', 'the key is not that of the client certificate', 'set the key that belongs to it')
}

function keyOf(pem: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

/** Only a hint: an API server may trust another authority for clients than the one that it shows itself. */
function lintIssuer(
  file: LintFile,
  user: LintEntry<KubeconfigUser>,
  certificate: X509Certificate,
  path: JsonPath,
): void {
  const names = new Set(
    file.contexts.filter(({ entry }) => entry.user === user.name).map(({ entry }) => entry.cluster),
  )
  for (const cluster of file.clusters.filter(({ name }) => names.has(name))) {
    const { certificateAuthority, certificateAuthorityData } = cluster.entry
    const pem =
      certificateAuthorityData.length > 0
        ? certificateAuthorityData
        : certificateAuthority === ''
          ? undefined
          : file.world.read(file.resolve(certificateAuthority))
    const authorities = pem === undefined ? [] : certificatesOf(pem.toString('utf8'))
    const issued = authorities.some(
      (authority) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey),
    )
    if (authorities.length === 0 || issued) continue
    file.report(
      {
        rule: 'other-authority',
        level: 'hint',
        subject: `user ${user.name}`,
        message: `the client certificate is not of the authority of cluster ${cluster.name}: its API server may not take it`,
        fix: 'check that the context joins the right user and cluster',
      },
      path,
    )
  }
}

function describe(certificate: X509Certificate): string {
  const { user, groups } = subjectOf(certificate)
  return `the certificate of \`${user}\`${groups.length === 0 ? '' : ` in ${groups.join(', ')}`}`
}

const oneLine = (subject: string): string => subject.replaceAll('\n', ', ')

export function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
