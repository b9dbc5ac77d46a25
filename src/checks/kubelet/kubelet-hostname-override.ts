import { defineCheck } from '../define-check.js'
import { settingEvidence } from '../judge-setting.js'
import { cis } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { asString } from '../../model/index.js'
import { advice } from '../precondition.js'
import { NODE_KUBECONFIG as KUBECONFIG } from './example-kubeconfig.js'
import { nodeIdentity } from '../node-identity.js'

/** Distributions whose installers set the flag on every node. */
const SET_BY_DESIGN = new Set(['eks', 'talos', 'k3s', 'rke2', 'kubespray'])

export const kubeletHostnameOverride = defineCheck({
  id: 'kubelet-hostname-override',
  title: 'The kubelet claims a node name that its certificate does not carry',
  severity: 'low',
  because:
    'hygiene: the Node authorizer goes by the certificate, so the node may be refused or confused with another',
  reach: 'host',
  appliesTo: 'kubelet',
  why: "With --hostname-override the node registers under a name of the flag's choosing, while its rights come from the certificate's name.",
  references: [cis('4.2.7')],
  evaluate(kubelet, report) {
    const fact = kubelet.setting('--hostname-override')
    if (!fact.known) return report.unknown(fact)
    const name = asString(fact.value) ?? ''
    if (name === '') return
    const identity = nodeIdentity(kubelet)
    if (!identity.known) return report.unknown(identity)
    if (identity.value.user === `system:node:${name.toLowerCase()}`) return
    const expected = SET_BY_DESIGN.has(kubelet.distribution)
    report.fail(settingEvidence(kubelet, '--hostname-override', fact.origin), {
      message: `the flag says \`${name}\`, the certificate is for \`${identity.value.user}\``,
      ...(expected
        ? { severity: 'info' as const, because: `${kubelet.distribution} sets the flag by design` }
        : {}),
      fix: advice('Remove the flag, or have the certificate issued for the name that the flag gives.'),
    })
  },
  examples: {
    bad: kubeletWith('', '--hostname-override=other --kubeconfig=/etc/kubernetes/kubelet.conf', {
      '/etc/kubernetes/kubelet.conf': KUBECONFIG,
    }),
    good: kubeletWith('', '--hostname-override=node-1 --kubeconfig=/etc/kubernetes/kubelet.conf', {
      '/etc/kubernetes/kubelet.conf': KUBECONFIG,
    }),
  },
})
