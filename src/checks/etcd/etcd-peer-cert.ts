import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { judgeSetting } from '../judge-setting.js'
import { isSingleMember, listenersOf } from './listeners.js'

export const etcdPeerCert = defineCheck({
  id: 'etcd-peer-cert',
  title: 'etcd has no certificate for its peers',
  severity: 'high',
  because: 'what is said can be read and changed on the way; low for a single member',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'Members send each other the whole database.',
  references: [cis('2.4'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    const automatic = etcd.boolean('peer-auto-tls')
    const listeners = listenersOf(etcd, 'listen-peer-urls')
    if (!listeners.known) return report.unknown(listeners)
    const single = isSingleMember(etcd)
    // Certificates that etcd makes itself are asked about by etcd-peer-auto-tls.
    if (automatic.known && automatic.value) return
    for (const name of ['peer-cert-file', 'peer-key-file']) {
      judgeSetting(etcd, report, name, etcd.string(name), (value) =>
        value !== ''
          ? undefined
          : {
              ...(single
                ? {
                    severity: 'low' as const,
                    because: 'it is the only member: there is nobody to speak to yet',
                  }
                : {}),
              message: `\`${name}\` is not set`,
              fix: advice(
                'Have a certificate made by the authority of etcd for this member, and set `peer-cert-file` and `peer-key-file` together; all members have to change one after the other.',
              ),
            },
      )
    }
  },
  examples: {
    bad: etcdWith({
      'peer-cert-file': undefined,
      'peer-key-file': undefined,
      'initial-cluster': 'a=https://10.0.0.1:2380,b=https://10.0.0.2:2380',
    }),
    good: etcdWith(),
  },
})
