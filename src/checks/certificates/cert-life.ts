import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { advice } from '../precondition.js'
import { DAY, describeCertificate, judgeCertificates } from './judge-certificates.js'

/** Who runs the control plane makes its authority. */
const PROVIDERS: ReadonlySet<string> = new Set(['eks', 'aks', 'gke'])

export const certLife = defineCheck({
  id: 'cert-life',
  title: 'A certificate is valid for very long',
  severity: 'low',
  because:
    'what is stolen from it works for as long: longer than 398 days for a component, 10 years for a certificate authority',
  reach: 'host',
  appliesTo: 'host',

  why: 'Client certificates of Kubernetes cannot be revoked: the end of their life is the only one there is.',
  references: [
    kubernetesDocs('tasks/administer-cluster/certificates/'),
    kubernetesDocs('tasks/administer-cluster/kubeadm/kubeadm-certs/'),
  ],
  evaluate(subject, report) {
    judgeCertificates(subject, report, (certificate) => {
      const days = Math.floor((certificate.notAfter - certificate.notBefore) / DAY)
      const most = certificate.ca ? 3653 : 398
      // The authority of a managed cluster is its provider's; a self-signed certificate convinces nobody.
      if (days <= most || (certificate.ca && PROVIDERS.has(subject.host.distribution))) return undefined
      if (certificate.selfIssued && !certificate.ca) return undefined
      return {
        message: `${describeCertificate(certificate)} is valid for ${days} days`,
        fix: advice(
          `Have it made anew for at most ${certificate.ca ? '10 years' : '398 days'}, with a renewal that runs by itself.`,
        ),
      }
    })
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.longServer }),
    good: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
  },
})
