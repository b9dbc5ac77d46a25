import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { advice } from '../precondition.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { breaksGlass } from './break-glass.js'
import { dayOf, describeCertificate, judgeCertificates } from './judge-certificates.js'

export const certSystemMasters = defineCheck({
  id: 'cert-system-masters',
  title: 'A client certificate is of the group system:masters',
  severity: 'high',
  because: 'no authorizer is asked about it, and it cannot be taken back before it ends',
  reach: 'host',
  appliesTo: 'host',

  why: 'Members of system:masters may do everything, whatever RBAC and webhooks say. One certificate, kept in a safe for the day on which RBAC is broken, is enough.',
  references: [cis('5.1.7'), kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    judgeCertificates(subject, report, (certificate) => {
      if (certificate.ca || !certificate.groups.includes('system:masters')) return undefined
      if (certificate.notAfter < subject.now || breaksGlass(subject.host, certificate)) return undefined
      return {
        message: `${describeCertificate(certificate)} is of system:masters until ${dayOf(certificate.notAfter)}`,
        fix: advice(
          'Give its owner a user name and a group of their own with the rights that they need, and destroy the key. Until it ends, only a new certificate authority takes it back.',
        ),
      }
    })
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/alice.crt': CERTIFICATES.master }),
    good: hostWithCertificates({ '/etc/kubernetes/super-admin.conf': CERTIFICATES.superAdmin }),
  },
})
