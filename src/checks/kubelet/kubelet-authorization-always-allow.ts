import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { withPrecondition } from '../precondition.js'

export const kubeletAuthorizationAlwaysAllow = defineCheck({
  id: 'kubelet-authorization-always-allow',
  title: 'The kubelet lets everyone it knows do everything',
  severity: 'critical',
  because:
    "any credential of the cluster, a pod's token included, runs commands in every container of the node",
  reach: 'pod',
  appliesTo: 'kubelet',
  why: 'With AlwaysAllow nobody is refused once authenticated (or anonymous): exec, logs and secrets of all pods of the node are open.',
  references: [cis('4.2.2'), kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'authorization.mode', kubelet.string('authorization.mode'), (value) =>
      value === 'AlwaysAllow'
        ? {
            message: 'no request is refused: authorization.mode is AlwaysAllow',
            fix: withPrecondition(
              kubelet.change('authorization.mode', 'Webhook'),
              "the API server's client identity has rights on nodes/proxy (kubeadm's kube-apiserver-kubelet-client has)",
              kubelet.distribution === 'kubeadm' ? true : 'unknown',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`authorization:\n  mode: AlwaysAllow`),
    good: kubeletWith(`authorization:\n  mode: Webhook`),
  },
})
