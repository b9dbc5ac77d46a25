import { defineCheck } from '../define-check.js'
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
    judgeSetting(kubelet, report, 'allowedUnsafeSysctls', kubelet.strings('allowedUnsafeSysctls'), (value) =>
      value.length > 0
        ? { message: `allowed: ${value.join(', ')}`, fix: kubelet.change('allowedUnsafeSysctls', []) }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`allowedUnsafeSysctls: [net.core.somaxconn]`),
    good: kubeletWith(`allowedUnsafeSysctls: []`),
  },
})
