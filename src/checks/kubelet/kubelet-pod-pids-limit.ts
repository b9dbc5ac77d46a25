import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletPodPidsLimit = defineCheck({
  id: 'kubelet-pod-pids-limit',
  title: 'A pod may start as many processes as the node allows',
  severity: 'medium',
  because: 'one pod can stop a node by using up its process numbers; nothing is disclosed',
  reach: 'pod',
  appliesTo: 'kubelet',
  why: 'With no limit a fork bomb in one container exhausts the process table for every pod and for the kubelet itself.',
  references: [cis('4.2.13'), kubernetesDocs('concepts/policy/pid-limiting/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'podPidsLimit', kubelet.number('podPidsLimit'), (value) =>
      value <= 0
        ? {
            message: `pods may start any number of processes`,
            fix: {
              ...kubelet.change('podPidsLimit', 4096),
              breaks: 'pods that run more processes and threads than that, all containers together',
            },
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`podPidsLimit: -1`),
    good: kubeletWith(`podPidsLimit: 4096`),
  },
})
