import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { isCaBundle } from '../../pki/index.js'
import type { Fix } from '../../model/index.js'
import type { ComponentSubject } from '../define-check.js'
import { advice, withPrecondition } from '../precondition.js'

/** kubeadm's place for the cluster CA; elsewhere the file has to be named by someone who knows it. */
const KUBEADM_CA = '/etc/kubernetes/pki/ca.crt'

function setIt(kubelet: ComponentSubject): Fix {
  return withPrecondition(
    kubelet.change('authentication.x509.clientCAFile', KUBEADM_CA),
    `${KUBEADM_CA} is the CA that signs the API server's kubelet client certificate`,
    kubelet.machine?.files.has(KUBEADM_CA) === true && kubelet.distribution === 'kubeadm' ? true : 'unknown',
  )
}

export const kubeletClientCa = defineCheck({
  id: 'kubelet-client-ca',
  title: 'The kubelet cannot check client certificates',
  severity: 'high',
  because: 'without a client CA the API server is not told apart from others by its certificate',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'The client CA is what lets the kubelet recognise the API server; without it only tokens or anonymous access remain.',
  references: [cis('4.2.3'), kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/')],
  evaluate(kubelet, report) {
    const fact = kubelet.string('authentication.x509.clientCAFile')
    judgeSetting(kubelet, report, 'authentication.x509.clientCAFile', fact, (path) => {
      if (path === '') return { message: 'no client CA file is set', fix: setIt(kubelet) }
      const file = kubelet.machine?.files.get(path)
      if (file?.text === undefined) return undefined
      if (isCaBundle(file.text)) return undefined
      return {
        message: `\`${path}\` holds no CA certificate`,
        fix: advice(`Put the CA that signs the API server's kubelet client certificate into ${path}.`),
      }
    })
  },
  examples: {
    bad: kubeletWith(''),
    good: kubeletWith(`authentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt`),
  },
})
