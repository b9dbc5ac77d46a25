import { withPrecondition } from '../precondition.js'
import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletProtectKernelDefaults = defineCheck({
  id: 'kubelet-protect-kernel-defaults',
  title: 'The kubelet changes kernel settings instead of refusing to start',
  severity: 'low',
  because: 'hygiene: kernel settings that differ from what was tested go unnoticed',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'With protectKernelDefaults the kubelet stops when sysctls differ from what it expects, so drift of the host is seen.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    judgeSetting(
      kubelet,
      report,
      'protectKernelDefaults',
      kubelet.boolean('protectKernelDefaults'),
      (value) =>
        !value
          ? {
              message: `the kubelet sets kernel parameters itself`,
              fix: withPrecondition(
                kubelet.change('protectKernelDefaults', true),
                'vm.overcommit_memory=1, vm.panic_on_oom=0, kernel.panic=10, kernel.panic_on_oops=1 and kernel.keys.root_maxkeys, root_maxbytes as the kubelet expects; otherwise it does not start',
              ),
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`protectKernelDefaults: false`),
    good: kubeletWith(`protectKernelDefaults: true`),
  },
})
