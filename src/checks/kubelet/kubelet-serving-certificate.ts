import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { withPrecondition } from '../precondition.js'

export const kubeletServingCertificate = defineCheck({
  id: 'kubelet-serving-certificate',
  title: 'The kubelet serves a certificate that nobody can verify',
  severity: 'medium',
  because:
    'an attacker on the path between API server and node can read exec and logs; needs a place on that path',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'Without a certificate from the cluster CA the kubelet signs its own, and the API server talks to whatever answers on the port.',
  references: [
    cis('4.2.9'),
    kubernetesDocs('tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs'),
  ],
  evaluate(kubelet, report) {
    const file = kubelet.string('tlsCertFile')
    const key = kubelet.string('tlsPrivateKeyFile')
    if (!file.known) return report.unknown(file)
    if (file.value !== '' && key.known && key.value !== '') return
    judgeSetting(kubelet, report, 'serverTLSBootstrap', kubelet.boolean('serverTLSBootstrap'), (bootstrap) =>
      bootstrap
        ? undefined
        : {
            message:
              'the serving certificate is self-signed: neither tlsCertFile nor serverTLSBootstrap is set',
            fix: withPrecondition(
              kubelet.change('serverTLSBootstrap', true),
              'something approves kubelet-serving certificate requests; else they stay pending and logs and exec end',
            ),
          },
    )
  },
  examples: {
    bad: kubeletWith(`serverTLSBootstrap: false`),
    good: kubeletWith(`serverTLSBootstrap: true`),
  },
})
