import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletAllowedUnsafeSysctls = defineCheck({
  id: 'kubelet-allowed-unsafe-sysctls',
  title: 'Pods may set sysctls that reach beyond them',
  severity: 'medium',
  because: 'a pod that may be created can change how the node behaves; pods must still ask for the sysctl',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'Sysctls outside the safe set are not isolated between pods, or can exhaust the node.',
  references: [kubernetesDocs('tasks/administer-cluster/sysctl-cluster/')],
  evaluate(kubelet, report) {
    // A kubelet that starts admits all its pods anew, and ends those whose sysctls are not allowed any more.
    // Source: kubernetes v1.36.3 pkg/kubelet/kubelet.go, HandlePodAdditions.
    judgeSetting(kubelet, report, 'allowedUnsafeSysctls', kubelet.strings('allowedUnsafeSysctls'), (value) =>
      value.length > 0
        ? {
            message: `allowed: ${value.join(', ')}`,
            fix: withPrecondition(
              kubelet.change('allowedUnsafeSysctls', []),
              `no pod of this node sets ${value.join(', ')}`,
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`allowedUnsafeSysctls: [net.core.somaxconn]`),
    good: kubeletWith(`allowedUnsafeSysctls: []`),
  },
})
