import { currentUser } from '../../kubeconfig/index.js'
import { asString } from '../../model/index.js'
import { certificatesRenewedBy } from './certificates-by-distribution.js'
import { defineCheck, type ComponentSubject } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

/** A kubelet whose kubeconfig asks a program of the cloud for its credential has no client certificate to renew. */
function renewedByPlugin(kubelet: ComponentSubject): string | undefined {
  const setting = kubelet.setting('--kubeconfig')
  const path = setting.known ? asString(setting.value) : undefined
  const text = path === undefined ? undefined : kubelet.machine?.files.get(path)?.text
  if (text === undefined || currentUser(text)?.hasExec !== true) return undefined
  return `the kubelet of ${kubelet.host} gets its credential from a program that its kubeconfig names`
}

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
    const renewed = certificatesRenewedBy(kubelet) ?? renewedByPlugin(kubelet)
    if (renewed !== undefined) return report.notApplicable(renewed)
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
