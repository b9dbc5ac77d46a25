import { isWeakCipher } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverTlsCiphers = defineCheck({
  id: 'apiserver-tls-ciphers',
  title: 'The API server accepts weak TLS ciphers',
  severity: 'medium',
  because:
    'recorded traffic can be read later, or a known attack on the cipher applies; needs a place on the path',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'Suites with RSA key exchange give no forward secrecy, CBC and 3DES have known attacks, RC4 is broken. Every credential of the cluster goes over these connections.',
  references: [
    cis('1.2.29'),
    nsa('TLS'),
    kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/'),
  ],
  evaluate(apiserver, report) {
    const minimum = apiserver.string('tls-min-version')
    // Under TLS 1.3 the list has no effect.
    if (minimum.known && minimum.value === 'VersionTLS13') return
    judgeFlag(apiserver, report, 'tls-cipher-suites', apiserver.strings('tls-cipher-suites'), (suites) => {
      const weak = suites.filter(isWeakCipher)
      const strong = suites.filter((suite) => !isWeakCipher(suite))
      return weak.length === 0
        ? undefined
        : {
            message: `weak: ${weak.join(', ')}`,
            fix: {
              ...apiserver.change('tls-cipher-suites', strong.length === 0 ? STRONG : strong),
              breaks: 'clients that know no other suite',
            },
          }
    })
  },
  examples: {
    bad: apiserverWith([
      '--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    ]),
    good: apiserverWith(['--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']),
  },
})

const STRONG = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
]
