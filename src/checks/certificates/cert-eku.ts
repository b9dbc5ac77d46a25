import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { describeCertificate, judgeCertificates } from './judge-certificates.js'
import { renewal } from './renew.js'
import { ANY_USE, CLIENT_AUTH, SERVER_AUTH } from '../../pki/index.js'
import { rolesOf } from '../../certificates/index.js'

export const certEku = defineCheck({
  id: 'cert-eku',
  title: 'A certificate is not made for what it is used for',
  severity: 'medium',
  because:
    'the other side refuses it, or checks less than it should; a certificate authority that serves can sign more',
  reach: 'host',
  appliesTo: 'host',

  why: 'The uses in a certificate keep a stolen one from being used as something else.',
  references: [kubernetesDocs('setup/best-practices/certificates/')],
  evaluate(subject, report) {
    const roles = rolesOf(subject.host)
    judgeCertificates(subject, report, (certificate) => {
      const { uses, first, ca, file, embedded } = certificate
      if (!first || embedded === 'authority') return undefined
      const has = embedded === 'client' ? new Set(['client']) : (roles.get(file.path) ?? new Set())
      const fix = renewal(subject.host, certificate)
      const named = describeCertificate(certificate)
      if (ca)
        return has.has('server')
          ? { message: `${named} serves, and is a certificate authority`, fix }
          : undefined
      // Without the extension any use is allowed. Source: Go crypto/x509 verify.go, checkChainForKeyUsage.
      if (uses === undefined || uses.length === 0 || uses.includes(ANY_USE)) return undefined
      if (has.has('server') && !uses.includes(SERVER_AUTH))
        return { message: `${named} is used by a server, and its extendedKeyUsage is not for servers`, fix }
      if (has.has('client') && !uses.includes(CLIENT_AUTH))
        return { message: `${named} is used by a client, and its extendedKeyUsage is not for clients`, fix }
      return undefined
    })
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.client }, [
      '/usr/bin/kube-apiserver --tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
    ]),
    good: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }, [
      '/usr/bin/kube-apiserver --tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
    ]),
  },
})
