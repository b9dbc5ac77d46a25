import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { schedulerWith } from './example-scheduler.js'
import { judgeAlwaysAllowPaths } from '../judge-serving.js'

export const schedulerAlwaysAllowPaths = defineCheck({
  id: 'scheduler-always-allow-paths',
  title: 'The scheduler serves more than its health to everybody',
  severity: 'medium',
  because: 'whoever reaches the port reads these paths without a credential',
  reach: 'unauthenticated',
  appliesTo: 'scheduler',
  why: 'Paths of --authorization-always-allow-paths are served without asking who wants them. Metrics tell names of nodes and workloads; profiles cost time.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-scheduler/')],
  evaluate(scheduler, report) {
    judgeAlwaysAllowPaths(scheduler, report)
  },
  examples: {
    bad: schedulerWith(['--authorization-always-allow-paths=/healthz,/metrics']),
    good: schedulerWith(['--authorization-always-allow-paths=/healthz']),
  },
})
