import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { describeCertificate, judgeCertificates } from './judge-certificates.js'
import { renewal } from './renew.js'
import { SERVER_AUTH } from '../../pki/index.js'
import { rolesOf } from '../../certificates/index.js'

export const certMissingSan = defineCheck({
  id: 'cert-missing-san',
  title: 'A server certificate names no host',
  severity: 'medium',
  because: 'clients of Go refuse it, and whoever makes it work has switched the check of names off',
  reach: 'host',
  appliesTo: 'host',

  why: 'A certificate without subjectAltName fits no name: clients either fail or do not check whom they talk to.',
  references: [kubernetesDocs('setup/best-practices/certificates/')],
  evaluate(subject, report) {
    const roles = rolesOf(subject.host)
    judgeCertificates(subject, report, (certificate) => {
      const { uses, first, ca, hasNames, file, embedded } = certificate
      const serves =
        roles.get(file.path)?.has('server') === true || (uses?.length === 1 && uses[0] === SERVER_AUTH)
      if (!serves || embedded !== undefined || !first || ca || hasNames) return undefined
      const message = `${describeCertificate(certificate)} has no subjectAltName`
      return { message, fix: renewal(subject.host, certificate) }
    })
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.namelessServer }),
    good: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
  },
})
