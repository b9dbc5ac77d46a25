import { certificatesOf } from '../../pki/index.js'

/** What is wrong with a caBundle (base64 of PEM) at a time, in words; undefined where it is right. */
export function caBundleFault(caBundle: string, now: number): string | undefined {
  const pem = Buffer.from(caBundle, 'base64').toString('latin1')
  // Charts put a line feed there for an injector to replace.
  if (pem.trim() === '') return 'its caBundle is empty'
  const certificates = certificatesOf(pem)
  if (certificates.length === 0) return 'its caBundle holds no certificate that can be read'
  const ends = certificates.map(({ validTo }) => Date.parse(validTo) / 1000)
  const last = Math.max(...ends)
  return last < now ? `its caBundle ended on ${new Date(last * 1000).toISOString().slice(0, 10)}` : undefined
}
