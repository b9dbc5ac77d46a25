import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeCiphers } from '../judge-serving.js'

export const controllerManagerTlsCiphers = defineCheck({
  id: 'controller-manager-tls-ciphers',
  title: 'The controller manager accepts weak TLS ciphers',
  severity: 'low',
  because: 'the port is for metrics and health; needs a place on the path',
  reach: 'host',
  appliesTo: 'controller-manager',
  why: 'Suites with RSA key exchange give no forward secrecy, CBC and 3DES have known attacks, RC4 is broken.',
  references: [nsa('TLS'), kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/')],
  evaluate(manager, report) {
    judgeCiphers(manager, report)
  },
  examples: {
    bad: controllerManagerWith(['--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256']),
    good: controllerManagerWith(['--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']),
  },
})
