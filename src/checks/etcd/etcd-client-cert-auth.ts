import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis, nsa } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { settingEvidence } from '../judge-setting.js'
import { listenersOf } from './listeners.js'
import { unknown } from '../../model/index.js'

export const etcdClientCertAuth = defineCheck({
  id: 'etcd-client-cert-auth',
  title: 'etcd lets in clients without a certificate',
  severity: 'critical',
  because:
    'everything in the cluster can be read and written without a credential; medium where it listens on loopback alone',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'etcd holds every Secret and every right. Behind its port there is no other authorization.',
  references: [cis('2.2'), nsa('etcd'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    const listeners = listenersOf(etcd, 'listen-client-urls')
    const asks = etcd.boolean('client-cert-auth')
    const ca = etcd.string('trusted-ca-file')
    if (!listeners.known) return report.unknown(listeners)
    // Either of the two makes a certificate required. Source: etcd client/pkg v3.6.8 transport/listener.go, ServerConfig.
    if ((asks.known && asks.value) || (ca.known && ca.value !== '')) return
    const open = listeners.value.filter(({ tls }) => tls)
    if (open.length === 0) return
    if (!asks.known) return report.unknown(asks)
    if (!ca.known) return report.unknown(unknown(ca.reason, ca.detail))
    const remote = open.filter(({ loopback }) => !loopback)
    const urls = (remote.length > 0 ? remote : open).map(({ url }) => url).join(', ')
    report.fail(settingEvidence(etcd, 'client-cert-auth', asks.origin), {
      message: `no client certificate is asked for on ${urls}`,
      ...(remote.length > 0
        ? { reach: 'unauthenticated' as const }
        : {
            severity: 'medium' as const,
            because: 'it listens on loopback: who is on the host, or in its network, is let in',
            reach: 'host' as const,
          }),
      fix: withPrecondition(
        {
          ...etcd.change('client-cert-auth', true),
          breaks: 'clients without a certificate of the trusted authority',
        },
        'a trusted CA (`trusted-ca-file`) is set together with it, and every API server has a client certificate of it',
      ),
    })
  },
  examples: {
    bad: etcdWith({ 'client-cert-auth': undefined, 'trusted-ca-file': undefined }),
    good: etcdWith(),
  },
})
