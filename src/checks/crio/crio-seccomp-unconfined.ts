import { defineCheck } from '../define-check.js'
import { crioWith } from './example-crio.js'
import { judgeCrio } from './judge-crio.js'

export const crioSeccompUnconfined = defineCheck({
  id: 'crio-seccomp-unconfined',
  title: 'The default seccomp profile of CRI-O is none',
  severity: 'high',
  because: 'pods that ask for RuntimeDefault get no profile, and everybody believes that they have one',
  reach: 'pod',
  appliesTo: 'crio',
  why: '`seccomp_profile` is what RuntimeDefault means. With `unconfined` every pod of the node makes every system call, also those that Pod Security thinks confined.',
  references: ['https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md'],
  evaluate(subject, report) {
    judgeCrio(subject, report, 'seccomp_profile', (value) =>
      value === 'unconfined'
        ? {
            seen: '`seccomp_profile` is `unconfined`',
            message: 'RuntimeDefault means no seccomp profile on this node',
            line: 'seccomp_profile = ""',
            breaks: 'programs that use rare system calls',
          }
        : undefined,
    )
  },
  examples: {
    bad: crioWith('seccomp_profile = "unconfined"'),
    good: crioWith('seccomp_profile = ""'),
  },
})
