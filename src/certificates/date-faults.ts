import type { CertificateFault } from './certificate-entry.js'

/** What is wrong with a certificate's dates at a time; all are seconds since 1970. */
export function dateFaults(notBefore: number, notAfter: number, now: number): CertificateFault[] {
  const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)
  if (notAfter < now) return [{ kind: 'ended', message: `it ended on ${day(notAfter)}` }]
  return notBefore > now ? [{ kind: 'not-yet', message: `it is not valid before ${day(notBefore)}` }] : []
}
