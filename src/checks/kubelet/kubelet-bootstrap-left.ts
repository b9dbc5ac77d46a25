import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { asString, unknown } from '../../model/index.js'
import { advice } from '../precondition.js'
import { BOOTSTRAP_KUBECONFIG, NODE_KUBECONFIG } from './example-kubeconfig.js'

const BOOTSTRAP = '/etc/kubernetes/bootstrap-kubelet.conf'

export const kubeletBootstrapLeft = defineCheck({
  id: 'kubelet-bootstrap-left',
  title: 'The bootstrap kubeconfig with its token is still on the node',
  severity: 'medium',
  because: 'the token can enrol further nodes while it lives; whether it does cannot be seen from the node',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'Once the kubelet has its own certificate it needs the bootstrap token no more; left behind, it lets others join nodes.',
  references: [kubernetesDocs('reference/access-authn-authz/kubelet-tls-bootstrapping/')],
  evaluate(kubelet, report) {
    if (kubelet.machine === undefined)
      return report.unknown(unknown('no-source', 'the files of the host were not read'))
    const fact = kubelet.setting('--bootstrap-kubeconfig')
    if (!fact.known) return report.unknown(fact)
    const own = kubelet.setting('--kubeconfig')
    const path = asString(fact.value) || BOOTSTRAP
    const file = kubelet.machine.files.get(path)
    const joined = own.known && kubelet.machine.files.has(asString(own.value) ?? '')
    const line = (file?.text ?? '').split('\n').findIndex((text) => /^\s*(?:- )?token:\s*\S/.test(text))
    if (!joined || line < 0) return
    report.fail(
      {
        origin: { kind: 'file', host: kubelet.machine.name, file: path, line: line + 1 },
        message: `\`${path}\` holds a token`,
      },
      {
        message: `\`${path}\` still holds a bootstrap token although the node has its own kubeconfig`,
        fix: {
          ...advice('Delete the file and the token: the node has joined.'),
          commands: [`rm ${path}`, 'kubeadm token list', 'kubeadm token delete TOKEN-ID'],
        },
      },
    )
  },
  examples: {
    bad: kubeletWith(
      '',
      '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf',
      {
        '/etc/kubernetes/bootstrap-kubelet.conf': BOOTSTRAP_KUBECONFIG,
        '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG,
      },
    ),
    good: kubeletWith(
      '',
      '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf',
      { '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG },
    ),
  },
})
