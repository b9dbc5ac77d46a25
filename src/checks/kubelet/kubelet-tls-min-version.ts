import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs, nsa } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletTlsMinVersion = defineCheck({
  id: 'kubelet-tls-min-version',
  title: 'The kubelet accepts TLS versions below 1.2',
  severity: 'low',
  because: 'old protocol versions have known weaknesses; an attacker has to sit on the path',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'TLS 1.0 and 1.1 allow ciphers and hashes that are broken; every supported client speaks 1.2.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/'), nsa('TLS')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'tlsMinVersion', kubelet.string('tlsMinVersion'), (value) =>
      value === 'VersionTLS10' || value === 'VersionTLS11'
        ? {
            message: `${value} is accepted`,
            fix: {
              ...kubelet.change('tlsMinVersion', 'VersionTLS12'),
              breaks: 'clients of port 10250 that speak nothing newer',
            },
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`tlsMinVersion: VersionTLS10`),
    good: kubeletWith(`tlsMinVersion: VersionTLS12`),
  },
})
