import { Gauge, Registry } from 'prom-client'
import type { CertificateEntry } from '../../certificates/index.js'

const LABELS = ['source', 'place', 'kind', 'subject', 'serial'] as const
type Label = (typeof LABELS)[number]

/**
 * The inventory as Prometheus reads it, for a node exporter's text files. Labels say where a certificate is and whose, and
 * hold nothing secret. `now` is seconds since 1970.
 */
export function certificateMetrics(entries: readonly CertificateEntry[], now: number): Promise<string> {
  const registry = new Registry()
  const gauge = (name: string, help: string): Gauge<Label> =>
    new Gauge({ name, help, labelNames: [...LABELS], registers: [registry] })
  const notAfter = gauge('rampart_certificate_not_after_timestamp_seconds', 'When the certificate ends.')
  const notBefore = gauge('rampart_certificate_not_before_timestamp_seconds', 'When the certificate begins.')
  const faults = gauge(
    'rampart_certificate_faults',
    'How many things are wrong with the certificate where it is used.',
  )
  for (const entry of entries) {
    const labels = labelsOf(entry)
    faults.set(labels, entry.faults.length)
    if (entry.notAfter !== undefined) notAfter.set(labels, entry.notAfter)
    if (entry.notBefore !== undefined) notBefore.set(labels, entry.notBefore)
  }
  new Gauge({
    name: 'rampart_certificates_read_timestamp_seconds',
    help: 'When the certificates were read.',
    registers: [registry],
  }).set(now)
  return registry.metrics()
}

function labelsOf({ source, place, kind, facts }: CertificateEntry): Record<Label, string> {
  return { source, place, kind, subject: facts?.subject ?? '', serial: facts?.serial ?? '' }
}
