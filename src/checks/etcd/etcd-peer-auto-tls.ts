import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { judgeSetting } from '../judge-setting.js'

export const etcdPeerAutoTls = defineCheck({
  id: 'etcd-peer-auto-tls',
  title: 'etcd makes its own certificate for its peers',
  severity: 'medium',
  because: 'what is said is encrypted, but nobody checks with whom',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'With certificates that nobody signs, any host may pretend to be a member.',
  references: [cis('2.6'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    const own = etcd.string('peer-cert-file')
    judgeSetting(etcd, report, 'peer-auto-tls', etcd.boolean('peer-auto-tls'), (value) => {
      // With certificates given, the flag is ignored. Source: etcd server v3.6.8 embed/config.go, PeerSelfCert.
      if (!value || (own.known && own.value !== '')) return undefined
      return {
        message: 'etcd makes its own certificate, which nobody can check',
        fix: withPrecondition(
          { ...etcd.change('peer-auto-tls', false), breaks: 'who trusts the certificate that is made now' },
          'a certificate and a key of the authority of etcd are set instead (`peer-cert-file`)',
        ),
      }
    })
  },
  examples: { bad: etcdWith({ 'peer-auto-tls': 'true', 'peer-cert-file': undefined }), good: etcdWith() },
})
