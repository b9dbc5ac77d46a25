import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { advice } from '../precondition.js'
import { ADMIN_KUBECONFIG, NODE_KUBECONFIG } from './example-kubeconfig.js'
import { nodeIdentity } from '../node-identity.js'

export const kubeletIdentity = defineCheck({
  id: 'kubelet-identity',
  title: 'The kubelet speaks to the API server as somebody other than its node',
  severity: 'high',
  because:
    "the Node authorizer and NodeRestriction do not hold it back: who takes the node has that identity's rights",
  reach: 'host',
  appliesTo: 'kubelet',
  why: "A kubelet should be system:node:NAME in group system:nodes; with an administrator's kubeconfig on a node, every root on that node is administrator.",
  references: [kubernetesDocs('reference/access-authn-authz/node/')],
  evaluate(kubelet, report) {
    const identity = nodeIdentity(kubelet)
    if (!identity.known) return report.unknown(identity)
    const { user, groups } = identity.value
    if (user.startsWith('system:node:') && groups.includes('system:nodes')) return
    report.fail(
      {
        origin: identity.origin,
        key: '--kubeconfig',
        message: `the kubelet is \`${user}\` in groups ${groups.join(', ') || '(none)'}`,
      },
      {
        message: `its kubeconfig is for \`${user}\`, not for a node`,
        fix: advice(
          'Give the node its own kubeconfig (kubeadm join with a fresh token, or a bootstrap kubeconfig) and take this one off the node.',
        ),
      },
    )
  },
  examples: {
    bad: kubeletWith('', '--kubeconfig=/etc/kubernetes/admin.conf', {
      '/etc/kubernetes/admin.conf': ADMIN_KUBECONFIG,
    }),
    good: kubeletWith('', '--kubeconfig=/etc/kubernetes/kubelet.conf', {
      '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG,
    }),
  },
})
