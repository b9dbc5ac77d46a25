import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { podWith } from './example-pod.js'
import { judgeResources } from './judge-resources.js'

export const podNoMemoryLimit = defineCheck({
  id: 'pod-no-memory-limit',
  title: 'A container may use all memory of its node',
  severity: 'medium',
  because: 'one leak or one attacker takes the memory of every other pod of the node',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Without a limit the kernel kills whatever it finds when the node runs out of memory, the kubelet or the pods of others among it.',
  references: [
    kubernetesDocs('concepts/configuration/manage-resources-containers/'),
    nsa('resource policies'),
  ],
  evaluate(workload, report) {
    judgeResources(workload, report, {
      what: 'limit',
      resources: ['memory'],
      severity: 'medium',
      fix: 'Set `resources.limits.memory` to what the program needs at its worst, on the container or on the pod (1.34 and newer), or a LimitRange for the namespace.',
      breaks: 'a program that needs more than the limit is killed',
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith('resources:\n  limits:\n    memory: 256Mi'),
  },
})
