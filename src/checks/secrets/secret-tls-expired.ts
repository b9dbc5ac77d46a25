import { asString, field, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { secretWith } from './example-objects.js'
import { EXPIRED_CERTIFICATE, LASTING_CERTIFICATE } from './example-certificates.js'

const KEY = 'tls.crt'

export const secretTlsExpired = defineCheck({
  id: 'secret-tls-expired',
  title: 'The certificate of a TLS Secret has expired',
  severity: 'high',
  because: 'clients refuse it, or have been taught to trust anything',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'A server with an expired certificate is either out of order or asked by clients that check nothing, which are open to whoever stands between. Mostly it shows that nobody renews it any more.',
  references: [kubernetesDocs('concepts/configuration/secret/#tls-secrets')],
  evaluate({ object, now }, report) {
    if (field(object.content, 'type') !== 'kubernetes.io/tls') return
    const origin = { kind: 'object', object, path: ['data', KEY] } as const
    const facts = object.secretValues?.[KEY]
    if (facts === undefined) {
      const detail = 'the values of the Secret were not given: when its certificate ends is not known'
      return report.unknown(unknown('not-given', detail, origin))
    }
    if (facts.kind === 'empty' || facts.kind === 'placeholder' || facts.kind === 'encrypted') return
    if (facts.notAfter === undefined) {
      return report.unknown(unknown('unparsable', `\`${KEY}\` holds no certificate that can be read`, origin))
    }
    if (facts.notAfter >= now) return
    const ended = new Date(facts.notAfter * 1000).toISOString().slice(0, 10)
    report.fail(
      { origin, key: KEY, message: `it ended on ${ended}` },
      { message: `its certificate ended on ${ended}`, fix: advice(renewal(object.content)) },
    )
  },
  examples: {
    bad: { manifests: withCertificate(EXPIRED_CERTIFICATE) },
    good: { manifests: withCertificate(LASTING_CERTIFICATE) },
  },
})

function withCertificate(pem: string): string {
  return secretWith({ type: 'kubernetes.io/tls', stringData: { [KEY]: pem, 'tls.key': '$(KEY)' } })
}

function renewal(content: unknown): string {
  const annotations = field(field(content, 'metadata'), 'annotations')
  const certificate = asString(field(annotations, 'cert-manager.io/certificate-name'))
  return certificate === undefined
    ? 'Have a new certificate issued and put it into the Secret, or delete the Secret where nothing uses it. An issuer in the cluster (cert-manager) renews in time.'
    : `See why cert-manager does not renew it: kubectl describe certificate ${certificate}.`
}
