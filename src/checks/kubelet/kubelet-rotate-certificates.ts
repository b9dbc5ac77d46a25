import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletRotateCertificates = defineCheck({
  id: 'kubelet-rotate-certificates',
  title: 'The kubelet does not renew its client certificate',
  severity: 'medium',
  because: 'after a year the node drops out, or somebody hands it a long-lived certificate',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'Without rotation the certificate with which the node speaks to the API server is as old as the node; a stolen copy stays good.',
  references: [cis('4.2.10'), kubernetesDocs('tasks/tls/certificate-rotation/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'rotateCertificates', kubelet.boolean('rotateCertificates'), (value) =>
      !value
        ? {
            message: `the client certificate is not renewed by the kubelet`,
            fix: kubelet.change('rotateCertificates', true),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`rotateCertificates: false`),
    good: kubeletWith(`rotateCertificates: true`),
  },
})
