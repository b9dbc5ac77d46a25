import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { describeCertificate, judgeCertificates } from './judge-certificates.js'
import { renewal } from './renew.js'

const BROKEN: ReadonlySet<string> = new Set(['MD2', 'MD5', 'SHA-1'])

export const certWeak = defineCheck({
  id: 'cert-weak',
  title: 'A certificate can be forged, or its key found',
  severity: 'high',
  because:
    'RSA keys below 2048 bits are within reach, and SHA-1 signatures can be made to fit another certificate',
  reach: 'host',
  appliesTo: 'host',

  why: 'Whoever finds the key, or makes a second certificate that the signature fits, is that component.',
  references: [kubernetesDocs('setup/best-practices/certificates/'), nsa('TLS')],
  evaluate(subject, report) {
    judgeCertificates(subject, report, (certificate) => {
      const { rsaBits, hash, selfIssued } = certificate
      const fix = renewal(subject.host, certificate)
      if (rsaBits !== undefined && rsaBits < 2048)
        return { message: `${describeCertificate(certificate)} has an RSA key of ${rsaBits} bits`, fix }
      // Nobody checks the signature by which an authority signed itself.
      if (selfIssued || hash === undefined || !BROKEN.has(hash)) return undefined
      return { message: `${describeCertificate(certificate)} is signed with ${hash}`, fix }
    })
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.weakServer }),
    good: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
  },
})
