import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeTlsVersion } from '../judge-serving.js'

export const controllerManagerTlsMinVersion = defineCheck({
  id: 'controller-manager-tls-min-version',
  title: 'The controller manager takes versions of TLS before 1.2',
  severity: 'low',
  because: 'the port is for metrics and health; needs a place on the path',
  reach: 'host',
  appliesTo: 'controller-manager',
  why: 'TLS 1.0 and 1.1 are withdrawn (RFC 8996); no client of today needs them.',
  references: [nsa('TLS'), kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/')],
  evaluate(manager, report) {
    judgeTlsVersion(manager, report)
  },
  examples: {
    bad: controllerManagerWith(['--tls-min-version=VersionTLS10']),
    good: controllerManagerWith(['--tls-min-version=VersionTLS12']),
  },
})
