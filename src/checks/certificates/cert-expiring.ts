import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { DAY, dayOf, describeCertificate, judgeCertificates } from './judge-certificates.js'
import { renewal } from './renew.js'

export const certExpiring = defineCheck({
  id: 'cert-expiring',
  title: 'A certificate ends soon',
  severity: 'medium',
  because: 'within 30 days, or within the last third of a shorter life: what checks it will refuse it',
  reach: 'host',
  appliesTo: 'host',

  why: 'The day on which it ends, the component stops talking to the others.',
  references: [kubernetesDocs('tasks/administer-cluster/kubeadm/kubeadm-certs/')],
  evaluate(subject, report) {
    judgeCertificates(subject, report, (certificate) => {
      const left = certificate.notAfter - subject.now
      const life = certificate.notAfter - certificate.notBefore
      // Short certificates are renewed late in their life, self-signed ones are checked by nobody.
      if (left < 0 || left >= Math.min(30 * DAY, life / 3)) return undefined
      if (certificate.selfIssued && !certificate.ca) return undefined
      const message = `${describeCertificate(certificate)} ends on ${dayOf(certificate.notAfter)}`
      return { message, fix: renewal(subject.host, certificate) }
    })
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.expiringServer }),
    good: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
  },
})
