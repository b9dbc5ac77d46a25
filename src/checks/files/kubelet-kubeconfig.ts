import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith, KUBECONFIG_WITH_FILES } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const kubeletKubeconfig = defineCheck({
  id: 'kubelet-kubeconfig',
  title: 'Others than root may change or read the kubeconfig of the kubelet',
  severity: 'medium',
  because:
    'who changes it sends the node to a server of their own; high where everyone may read a credential in it, low where it can only be read and holds none',
  reach: 'host',
  appliesTo: 'host',
  why: 'The kubelet does what the server in this file says, as root. A credential in it is the identity of the node.',
  references: [cis('4.1.5'), cis('4.1.6'), kubernetesDocs('reference/access-authn-authz/node/')],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'kubelet kubeconfig',
      what: 'kubeconfig of a kubelet',
      limit: 0o600,
      weigh: (access, file) =>
        writeWeight(access, 'medium', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'high', 'medium') : readWeight(access, 'low', 'low')),
    })
  },
  examples: {
    bad: hostWith({ '/etc/kubernetes/kubelet.conf': { text: KUBECONFIG_WITH_FILES, mode: 0o666 } }),
    good: hostWith({ '/etc/kubernetes/kubelet.conf': { text: KUBECONFIG_WITH_FILES, mode: 0o600 } }),
  },
})
