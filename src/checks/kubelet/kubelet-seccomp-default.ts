import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletSeccompDefault = defineCheck({
  id: 'kubelet-seccomp-default',
  title: 'Containers run without a seccomp profile unless they ask for one',
  severity: 'medium',
  because: 'a barrier between container and kernel is off for every pod that does not set its own profile',
  reach: 'pod',
  appliesTo: 'kubelet',
  why: 'With seccompDefault the runtime filters system calls for all containers; without it, an unset profile means Unconfined.',
  references: [cis('4.2.14'), kubernetesDocs('tutorials/security/seccomp/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'seccompDefault', kubelet.boolean('seccompDefault'), (value) =>
      !value
        ? {
            message: `an unset seccomp profile means Unconfined on this node`,
            fix: {
              ...kubelet.change('seccompDefault', true),
              breaks:
                'containers without a profile of their own that need system calls that the one of the runtime refuses, from their next start on',
            },
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`seccompDefault: false`),
    good: kubeletWith(`seccompDefault: true`),
  },
})
