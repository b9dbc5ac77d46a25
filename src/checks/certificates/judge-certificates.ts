import { unknown } from '../../model/index.js'
import type { FailOptions, HostSubject, Report } from '../define-check.js'
import { reportAbsent } from '../report-unseen.js'
import { certificatesOfHost, unreadCertificates, type FoundCertificate } from '../../certificates/index.js'

/** Asks each certificate of a host; `fault` answers undefined where nothing is wrong with it. */
export function judgeCertificates(
  { host }: HostSubject,
  report: Report,
  fault: (certificate: FoundCertificate) => (FailOptions & { readonly message: string }) | undefined,
): void {
  const certificates = certificatesOfHost(host)
  const [unread] = unreadCertificates(host)
  if (unread !== undefined)
    report.unknown(unknown('unreadable', `\`${unread.path}\` on ${host.name} ${unread.why}`))
  else if (certificates.length === 0) return reportAbsent(host, report, 'certificate')
  for (const certificate of certificates) {
    const options = fault(certificate)
    if (options === undefined) continue
    const { origin, key } = certificate
    report.fail({ origin, key, message: options.message }, options)
  }
}

/** `/etc/kubernetes/pki/ca.crt (CN=kubernetes)`. */
export function describeCertificate({ file, subject, embedded }: FoundCertificate): string {
  const inside =
    embedded === undefined ? '' : embedded === 'client' ? 'the client certificate in ' : 'the authority in '
  return `${inside}\`${file.path}\`${subject === '' ? '' : ` (${subject})`}`
}

/** `2026-11-15`. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

export const DAY = 24 * 60 * 60
