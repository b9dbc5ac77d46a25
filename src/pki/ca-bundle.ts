import { X509Certificate } from 'node:crypto'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,100000}-----END CERTIFICATE-----/g

/** The certificates of a PEM text that can be read, in order; anything else in the text is passed over. */
export function certificatesOf(pem: string): X509Certificate[] {
  return [...readable(pem).values()]
}

/** Where certificates of a PEM text begin that cannot be read: they were cut off, or hold something else. */
export function brokenCertificatesOf(pem: string): number[] {
  const read = readable(pem)
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----/g)].flatMap(({ index }) =>
    read.has(index) ? [] : [index],
  )
}

/** By where they begin. */
function readable(pem: string): Map<number, X509Certificate> {
  const found = new Map<number, X509Certificate>()
  for (const { 0: text, index } of pem.matchAll(CERTIFICATE)) {
    try {
      found.set(index, new X509Certificate(text))
    } catch {
      // What it is, the caller asks with the function above.
    }
  }
  return found
}

/** Whether a PEM text holds at least one certificate that may sign others (basicConstraints CA). */
export function isCaBundle(pem: string): boolean {
  return certificatesOf(pem).some((certificate) => certificate.ca)
}

/** Common name and organizations of a certificate's subject: the user and groups that Kubernetes sees. */
export function subjectOf(certificate: X509Certificate): {
  readonly user: string
  readonly groups: string[]
} {
  const parts = certificate.subject.split('\n').map((line) => line.split(/=(.*)/s))
  const values = (name: string): string[] =>
    parts.filter(([key]) => key === name).map(([, value]) => value ?? '')
  return { user: values('CN').at(-1) ?? '', groups: values('O') }
}
