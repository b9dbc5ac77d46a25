import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'
import { judgeResources } from './judge-resources.js'

export const podNoCpuLimit = defineCheck({
  id: 'pod-no-cpu-limit',
  title: 'A container may use all processors of its node',
  severity: 'info',
  because:
    'contested: a limit also slows a program while the node is idle, and requests already share the processors out',
  reach: 'pod',
  appliesTo: 'workload',
  byDefault: false,
  why: 'A program that runs wild takes the time that no other pod has asked for. Where nodes are shared by tenants who do not trust one another, a limit keeps their load apart.',
  references: [kubernetesDocs('concepts/configuration/manage-resources-containers/')],
  evaluate(workload, report) {
    judgeResources(workload, report, {
      what: 'limit',
      resources: ['cpu'],
      severity: 'info',
      fix: 'Set `resources.limits.cpu` where tenants share nodes; elsewhere a request for cpu is enough.',
      breaks: 'the program is slowed when it reaches the limit',
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith('resources:\n  limits:\n    cpu: 500m'),
  },
})
