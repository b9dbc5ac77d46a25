import { defineCheck } from '../define-check.js'
import { containerdWith, criV2 } from './example-containerd.js'
import { judgeCri } from './judge-cri.js'

export const containerdDisableApparmor = defineCheck({
  id: 'containerd-disable-apparmor',
  title: 'containerd runs containers without AppArmor',
  severity: 'medium',
  because: 'a barrier is off for every pod of the node, whatever the pod asks for',
  reach: 'pod',
  appliesTo: 'containerd',
  why: 'With `disable_apparmor` no profile is set, not even one that a pod names. The option is there for containerd inside of a container that may not load profiles.',
  references: ['https://github.com/containerd/containerd/blob/main/docs/cri/config.md'],
  evaluate(subject, report) {
    judgeCri(subject, report, 'runtime', ['disable_apparmor'], (value) =>
      value === true
        ? {
            message: 'AppArmor confines no container of this node',
            value: 'false',
            breaks: 'containerd that itself runs in a container without the right to load profiles',
          }
        : undefined,
    )
  },
  examples: {
    bad: containerdWith(criV2('  disable_apparmor = true')),
    good: containerdWith(criV2('  disable_apparmor = false')),
  },
})
