import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { settingEvidence } from '../judge-setting.js'
import { listenersOf } from './listeners.js'

export const etcdPlainHttp = defineCheck({
  id: 'etcd-plain-http',
  title: 'etcd speaks to its clients without TLS',
  severity: 'critical',
  because: 'whoever reaches the port reads and writes the whole cluster; low on loopback, medium for metrics',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'Over plain http nobody is asked for a certificate and everything can be read on the way.',
  references: [nsa('etcd'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    for (const name of ['listen-client-urls', 'listen-client-http-urls', 'listen-metrics-urls']) {
      const metrics = name === 'listen-metrics-urls'
      const listeners = listenersOf(etcd, name)
      if (!listeners.known) {
        report.unknown(listeners)
        continue
      }
      for (const { url, tls, loopback } of listeners.value) {
        if (tls || (metrics && loopback)) continue
        const [severity, because] = metrics
          ? ([
              'medium',
              'it tells the state of the database and the names in it, and nothing can be written',
            ] as const)
          : loopback
            ? (['low', 'it listens on loopback: who is on the host, or in its network, is let in'] as const)
            : (['critical', 'whoever reaches the port reads and writes the whole cluster'] as const)
        report.fail(settingEvidence(etcd, name, listeners.origin), {
          severity,
          because,
          message: `\`${name}\` has ${url}`,
          reach: loopback ? 'host' : 'unauthenticated',
          fix: advice(
            `Let \`${name}\` name ${url.replace(/^http:/, 'https:')}, with \`cert-file\`, \`key-file\`, \`trusted-ca-file\` and \`client-cert-auth\`, and change the URLs that clients use at the same time.`,
            {
              breaks:
                'clients that still use http: the API server ends until its `--etcd-servers` is changed too',
            },
          ),
        })
      }
    }
  },
  examples: { bad: etcdWith({ 'listen-client-urls': 'http://0.0.0.0:2379' }), good: etcdWith() },
})
