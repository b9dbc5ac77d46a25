import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { schedulerWith } from './example-scheduler.js'
import { judgeBindAddress } from '../judge-serving.js'

export const schedulerBindAddress = defineCheck({
  id: 'scheduler-bind-address',
  title: 'The port of the scheduler is open beyond its host',
  severity: 'low',
  because: 'the port asks for credentials; what it tells without is its health',
  reach: 'user',
  appliesTo: 'scheduler',
  why: 'Metrics and health are read on the host itself or through the API server. A port that others reach is one more place for a fault in its authentication.',
  references: [cis('1.4.2'), kubernetesDocs('reference/command-line-tools-reference/kube-scheduler/')],
  evaluate(scheduler, report) {
    judgeBindAddress(scheduler, report)
  },
  examples: {
    bad: schedulerWith(['--bind-address=0.0.0.0']),
    good: schedulerWith(['--bind-address=127.0.0.1']),
  },
})
