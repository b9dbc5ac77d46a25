import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { certificatesRenewedBy } from './certificates-by-distribution.js'
import { advice } from '../precondition.js'

export const kubeletServerCertificateRotation = defineCheck({
  id: 'kubelet-server-certificate-rotation',
  title: "Nobody renews the kubelet's serving certificate",
  severity: 'low',
  because: 'hygiene: the certificate runs out, or is given a very long life',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'A certificate file that was put there by hand is not renewed by the kubelet; serverTLSBootstrap asks the cluster for a new one in time.',
  references: [cis('4.2.11'), kubernetesDocs('tasks/tls/certificate-rotation/')],
  evaluate(kubelet, report) {
    const file = kubelet.string('tlsCertFile')
    if (!file.known) return report.unknown(file)
    // Without a certificate file the kubelet-serving-certificate check speaks.
    if (file.value === '') return
    const renewed = certificatesRenewedBy(kubelet)
    if (renewed !== undefined) return report.notApplicable(renewed)
    judgeSetting(kubelet, report, 'serverTLSBootstrap', kubelet.boolean('serverTLSBootstrap'), (bootstrap) =>
      bootstrap
        ? undefined
        : {
            message: `\`${file.value}\` is not renewed by the kubelet`,
            fix: advice(
              'Renew the file before it runs out, or remove tlsCertFile and tlsPrivateKeyFile and set `serverTLSBootstrap: true` once something approves kubelet-serving certificate requests.',
            ),
          },
    )
  },
  examples: {
    bad: kubeletWith(
      `tlsCertFile: /etc/kubernetes/kubelet.crt\ntlsPrivateKeyFile: /etc/kubernetes/kubelet.key`,
    ),
    good: kubeletWith(`serverTLSBootstrap: true`),
  },
})
