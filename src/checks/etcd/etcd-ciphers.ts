import { defineCheck } from '../define-check.js'
import { nsa } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { judgeSetting } from '../judge-setting.js'
import { isWeakCipher } from '../../kube/index.js'

export const etcdCiphers = defineCheck({
  id: 'etcd-ciphers',
  title: 'etcd accepts weak encryption',
  severity: 'low',
  because: 'an attacker on the way needs much effort, and certificates still stand before etcd',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'Suites without forward secrecy, with CBC, 3DES or RC4, and TLS below 1.2 have known weaknesses.',
  references: [nsa('TLS'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    judgeSetting(etcd, report, 'cipher-suites', etcd.strings('cipher-suites'), (suites) => {
      const weak = suites.filter(isWeakCipher)
      if (weak.length === 0) return undefined
      const rest = suites.filter((suite) => !isWeakCipher(suite))
      return {
        message: `weak: ${weak.join(', ')}`,
        fix: { ...etcd.change('cipher-suites', rest), breaks: 'clients that know no other suite' },
      }
    })
    judgeSetting(etcd, report, 'tls-min-version', etcd.string('tls-min-version'), (version) =>
      version === 'TLS1.0' || version === 'TLS1.1'
        ? {
            message: `\`${version}\` is accepted`,
            fix: { ...etcd.change('tls-min-version', 'TLS1.2'), breaks: 'clients that do not know TLS 1.2' },
          }
        : undefined,
    )
  },
  examples: {
    bad: etcdWith({
      'cipher-suites': 'TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    }),
    good: etcdWith(),
  },
})
