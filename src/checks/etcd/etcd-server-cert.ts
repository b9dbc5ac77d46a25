import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { judgeSetting } from '../judge-setting.js'
import { listenersOf } from './listeners.js'

export const etcdServerCert = defineCheck({
  id: 'etcd-server-cert',
  title: 'etcd has no server certificate',
  severity: 'high',
  because: 'what is said can be read and changed on the way; low on loopback',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'Clients cannot tell etcd from somebody in between, who then sees every Secret.',
  references: [cis('2.1'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    const automatic = etcd.boolean('auto-tls')
    const listeners = listenersOf(etcd, 'listen-client-urls')
    if (!listeners.known) return report.unknown(listeners)
    // Certificates that etcd makes itself are asked about by etcd-auto-tls.
    if (automatic.known && automatic.value) return
    for (const name of ['cert-file', 'key-file']) {
      judgeSetting(etcd, report, name, etcd.string(name), (value) =>
        value !== ''
          ? undefined
          : {
              ...(listeners.value.every(({ loopback }) => loopback)
                ? { severity: 'low' as const, because: 'it listens on loopback alone' }
                : {}),
              message: `\`${name}\` is not set`,
              fix: advice(
                'Have a certificate made by the authority of etcd for this member, and set `cert-file` and `key-file` together; clients need the CA to check it.',
              ),
            },
      )
    }
  },
  examples: { bad: etcdWith({ 'cert-file': undefined, 'key-file': undefined }), good: etcdWith() },
})
