import { kubeletsOf, type ComponentView } from '../../effective/index.js'
import { defineCheck, type ComponentSubject } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverKubeletCa = defineCheck({
  id: 'apiserver-kubelet-ca',
  title: 'The API server does not check who the kubelets are',
  severity: 'high',
  because:
    'who stands between the API server and a node reads logs and takes over exec sessions; medium while kubelets sign their own certificates, which nothing could check',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'For logs, exec and port-forward the API server connects to a kubelet. Without a certificate authority it takes any certificate, so that whoever redirects the connection sees and changes what is sent, commands and their output among it.',
  references: [cis('1.2.5'), kubernetesDocs('concepts/architecture/control-plane-node-communication/')],
  evaluate(apiserver, report) {
    judgeFlag(
      apiserver,
      report,
      'kubelet-certificate-authority',
      apiserver.string('kubelet-certificate-authority'),
      (path) => {
        if (path !== '') return undefined
        const selfSigned = kubeletsOf(apiserver.estate).some(signsItself)
        return {
          message: 'certificates of kubelets are not checked',
          ...(selfSigned ? SELF_SIGNED : {}),
          fix: withPrecondition(
            {
              ...apiserver.change('kubelet-certificate-authority', authorityOf(apiserver)),
              breaks:
                'logs, exec and port-forward for every node whose kubelet serves a certificate of another authority',
            },
            'every kubelet serves a certificate of that authority (serverTLSBootstrap, and somebody who approves the requests)',
            selfSigned ? false : 'unknown',
          ),
        }
      },
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: apiserverWith(['--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt']),
  },
})

const SELF_SIGNED = {
  severity: 'medium',
  because: 'the kubelets sign their own certificates: they need others before anything can be checked',
} as const

/** The authority that signs certificates of the cluster: most often that of its clients. */
function authorityOf(apiserver: ComponentSubject): string {
  const client = apiserver.string('client-ca-file')
  return client.known && client.value !== '' ? client.value : '/etc/kubernetes/pki/ca.crt'
}

/** Whether a kubelet was seen to have neither a certificate of its own nor to ask for one. */
function signsItself(kubelet: ComponentView): boolean {
  const file = kubelet.string('tlsCertFile')
  const bootstrap = kubelet.boolean('serverTLSBootstrap')
  return file.known && file.value === '' && bootstrap.known && !bootstrap.value
}
