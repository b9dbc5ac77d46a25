import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { settingEvidence } from '../judge-setting.js'
import { isSingleMember, listenersOf } from './listeners.js'

export const etcdPeerClientCertAuth = defineCheck({
  id: 'etcd-peer-client-cert-auth',
  title: 'etcd lets in peers without a certificate',
  severity: 'high',
  because: 'whoever reaches the port may take part as a member; low for a single member',
  reach: 'unauthenticated',
  appliesTo: 'etcd',
  why: 'A member gets the whole database, and has a vote on what it says.',
  references: [cis('2.5'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    const listeners = listenersOf(etcd, 'listen-peer-urls')
    const asks = etcd.boolean('peer-client-cert-auth')
    const ca = etcd.string('peer-trusted-ca-file')
    if (!listeners.known) return report.unknown(listeners)
    // Either of the two makes a certificate required. Source: etcd client/pkg v3.6.8 transport/listener.go, ServerConfig.
    if ((asks.known && asks.value) || (ca.known && ca.value !== '')) return
    if (!asks.known) return report.unknown(asks)
    if (!ca.known) return report.unknown(ca)
    const single = isSingleMember(etcd)
    const local = listeners.value.every(({ loopback }) => loopback)
    report.fail(settingEvidence(etcd, 'peer-client-cert-auth', asks.origin), {
      message: `no certificate is asked of peers on ${listeners.value.map(({ url }) => url).join(', ')}`,
      ...(single || local
        ? {
            severity: 'low' as const,
            because: single ? 'it is the only member, and knows of no other' : 'it listens on loopback alone',
            reach: 'host' as const,
          }
        : {}),
      fix: withPrecondition(
        {
          ...etcd.change('peer-client-cert-auth', true),
          breaks: 'members without a certificate of the trusted authority',
        },
        'every member has a certificate of `peer-trusted-ca-file`, which is set together with it',
      ),
    })
  },
  examples: {
    bad: etcdWith({
      'peer-client-cert-auth': undefined,
      'peer-trusted-ca-file': undefined,
      'initial-cluster': 'a=https://10.0.0.1:2380,b=https://10.0.0.2:2380',
    }),
    good: etcdWith(),
  },
})
