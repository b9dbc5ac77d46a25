import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { dayOf, describeCertificate, judgeCertificates } from './judge-certificates.js'
import { renewal } from './renew.js'

export const certExpired = defineCheck({
  id: 'cert-expired',
  title: 'A certificate has expired',
  severity: 'high',
  because:
    'what checks it refuses it; low where it is self-signed, so that nobody could check it before either',
  reach: 'host',
  appliesTo: 'host',

  why: 'Components, nodes or administrators with this certificate are refused, and people switch checks off to get on.',
  references: [
    kubernetesDocs('tasks/administer-cluster/kubeadm/kubeadm-certs/'),
    kubernetesDocs('setup/best-practices/certificates/'),
  ],
  evaluate(subject, report) {
    judgeCertificates(subject, report, (certificate) => {
      if (certificate.notAfter >= subject.now) return undefined
      const message = `${describeCertificate(certificate)} ended on ${dayOf(certificate.notAfter)}`
      const fix = renewal(subject.host, certificate)
      return certificate.selfIssued && !certificate.ca
        ? {
            message,
            fix,
            severity: 'low',
            because: 'it is self-signed: nobody could check it while it was valid either',
          }
        : { message, fix }
    })
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.expiredServer }),
    good: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
  },
})
