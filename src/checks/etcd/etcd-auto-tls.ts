import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { judgeSetting } from '../judge-setting.js'

export const etcdAutoTls = defineCheck({
  id: 'etcd-auto-tls',
  title: 'etcd makes its own server certificate',
  severity: 'medium',
  because: 'what is said is encrypted, but nobody checks with whom',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'A certificate that is made at each start is signed by nobody: clients either fail or do not check.',
  references: [cis('2.3'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    const own = etcd.string('cert-file')
    judgeSetting(etcd, report, 'auto-tls', etcd.boolean('auto-tls'), (value) => {
      // With certificates given, the flag is ignored. Source: etcd server v3.6.8 embed/config.go, ClientSelfCert.
      if (!value || (own.known && own.value !== '')) return undefined
      return {
        message: 'etcd makes its own certificate, which nobody can check',
        fix: withPrecondition(
          { ...etcd.change('auto-tls', false), breaks: 'who trusts the certificate that is made now' },
          'a certificate and a key of the authority of etcd are set instead (`cert-file`)',
        ),
      }
    })
  },
  examples: { bad: etcdWith({ 'auto-tls': 'true', 'cert-file': undefined }), good: etcdWith() },
})
