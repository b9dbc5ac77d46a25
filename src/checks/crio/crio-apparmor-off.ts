import { defineCheck } from '../define-check.js'
import { crioWith } from './example-crio.js'
import { judgeCrio } from './judge-crio.js'

export const crioApparmorOff = defineCheck({
  id: 'crio-apparmor-off',
  title: 'CRI-O runs containers without AppArmor',
  severity: 'medium',
  because: 'a barrier is off for every pod that names no profile of its own',
  reach: 'pod',
  appliesTo: 'crio',
  why: '`apparmor_profile` is what pods without a profile get. `unconfined` is none.',
  references: ['https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md'],
  evaluate(subject, report) {
    judgeCrio(subject, report, 'apparmor_profile', (value) =>
      value === 'unconfined'
        ? {
            seen: '`apparmor_profile` is `unconfined`',
            message: 'AppArmor confines no pod of this node that names no profile',
            line: 'apparmor_profile = "crio-default"',
            breaks: 'pods that mount or write to places that the profile keeps',
          }
        : undefined,
    )
  },
  examples: {
    bad: crioWith('apparmor_profile = "unconfined"'),
    good: crioWith('apparmor_profile = "crio-default"'),
  },
})
