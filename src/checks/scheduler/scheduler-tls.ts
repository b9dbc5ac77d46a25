import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { schedulerWith } from './example-scheduler.js'
import { judgeCiphers, judgeTlsVersion } from '../judge-serving.js'

export const schedulerTls = defineCheck({
  id: 'scheduler-tls',
  title: 'The scheduler takes weak TLS',
  severity: 'low',
  because: 'the port is for metrics and health; needs a place on the path',
  reach: 'host',
  appliesTo: 'scheduler',
  why: 'Suites with RSA key exchange give no forward secrecy, CBC and 3DES have known attacks, RC4 is broken; TLS 1.0 and 1.1 are withdrawn.',
  references: [nsa('TLS'), kubernetesDocs('reference/command-line-tools-reference/kube-scheduler/')],
  evaluate(scheduler, report) {
    judgeCiphers(scheduler, report)
    judgeTlsVersion(scheduler, report)
  },
  examples: {
    bad: schedulerWith(['--tls-min-version=VersionTLS10']),
    good: schedulerWith(['--tls-min-version=VersionTLS12']),
  },
})
