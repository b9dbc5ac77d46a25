import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { advice } from '../precondition.js'
import { reportAbsent } from '../report-unseen.js'
import { authoritiesOf } from './authorities.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'

export const certSharedCa = defineCheck({
  id: 'cert-shared-ca',
  title: 'One certificate authority signs for several purposes',
  severity: 'medium',
  because:
    'whoever has a certificate for one purpose is let in for the other; it needs such a certificate first',
  reach: 'host',
  appliesTo: 'host',

  why: 'A front proxy may name any user, a client of etcd reads everything, and a client of Docker is root: their authorities must not be the one that signs people and nodes.',
  references: [
    kubernetesDocs('setup/best-practices/certificates/'),
    kubernetesDocs('tasks/extend-kubernetes/configure-aggregation-layer/'),
  ],
  evaluate(subject, report) {
    const { host } = subject
    const authorities = authoritiesOf(host)
    if (new Set(authorities.map(({ purpose }) => purpose)).size < 2)
      return reportAbsent(host, report, 'second certificate authority')
    const first = new Map<string, (typeof authorities)[number]>()
    for (const authority of authorities) {
      const { publicKey, purpose, path, line } = authority
      const other = first.get(publicKey)
      if (other === undefined) first.set(publicKey, authority)
      else if (other.purpose !== purpose) {
        const message = `\`${path}\` (${purpose}) and \`${other.path}\` (${other.purpose}) are one authority`
        report.fail(
          { origin: { kind: 'file', host: host.name, file: path, line }, key: path, message },
          {
            message,
            fix: advice(
              `Make an authority of its own for ${purpose}, hand it out beside the old one, sign the certificates of that purpose anew, then take the old one out.`,
              { breaks: 'who is signed by the old authority' },
            ),
          },
        )
      }
    }
  },
  examples: {
    bad: hostWithCertificates({
      '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
      '/etc/kubernetes/pki/front-proxy-ca.crt': CERTIFICATES.clusterCa,
    }),
    good: hostWithCertificates({
      '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
      '/etc/kubernetes/pki/front-proxy-ca.crt': CERTIFICATES.etcdCa,
    }),
  },
})
