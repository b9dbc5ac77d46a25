import { advice } from '../precondition.js'
import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletCgroupV1 = defineCheck({
  id: 'kubelet-cgroup-v1',
  title: 'The kubelet tolerates cgroup v1',
  severity: 'info',
  because: 'advice: cgroup v1 is in maintenance and weaker at isolating memory',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'Cgroup v1 is no longer developed; limits for memory and pressure are less exact, and kubelets from 1.35 refuse it by default.',
  references: [kubernetesDocs('concepts/architecture/cgroups/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'failCgroupV1', kubelet.boolean('failCgroupV1'), (value) =>
      !value
        ? {
            message: `the kubelet starts on cgroup v1`,
            fix: advice('Move the host to cgroup v2, then set `failCgroupV1: true`.', {
              needs: 'a host on cgroup v2',
            }),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`failCgroupV1: false`),
    good: kubeletWith(`failCgroupV1: true`),
  },
})
