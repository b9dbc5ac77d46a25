import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, nsa } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { isWeakCipher } from '../../kube/index.js'

export const kubeletTlsCiphers = defineCheck({
  id: 'kubelet-tls-ciphers',
  title: 'The kubelet accepts weak TLS ciphers',
  severity: 'medium',
  because:
    'recorded traffic can be read later, or a known attack on the cipher applies; needs a place on the path',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'Suites with RSA key exchange give no forward secrecy, CBC and 3DES have known attacks, RC4 is broken.',
  references: [cis('4.2.12'), nsa('TLS')],
  evaluate(kubelet, report) {
    const minimum = kubelet.string('tlsMinVersion')
    // Under TLS 1.3 the list has no effect.
    if (minimum.known && minimum.value === 'VersionTLS13') return
    judgeSetting(kubelet, report, 'tlsCipherSuites', kubelet.strings('tlsCipherSuites'), (suites) => {
      const weak = suites.filter(isWeakCipher)
      if (weak.length === 0) return undefined
      const provider = kubelet.distribution === 'eks'
      return {
        message: `weak: ${weak.join(', ')}`,
        ...(provider ? { severity: 'low' as const, because: "the provider's default" } : {}),
        fix: {
          ...kubelet.change(
            'tlsCipherSuites',
            suites.filter((suite) => !isWeakCipher(suite)),
          ),
          breaks: 'clients of port 10250 that know the removed suites alone',
        },
      }
    })
  },
  examples: {
    bad: kubeletWith(
      `tlsCipherSuites: [TLS_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]`,
    ),
    good: kubeletWith(`tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]`),
  },
})
