import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeAlwaysAllowPaths } from '../judge-serving.js'

export const controllerManagerAlwaysAllowPaths = defineCheck({
  id: 'controller-manager-always-allow-paths',
  title: 'The controller manager serves more than its health to everybody',
  severity: 'medium',
  because: 'whoever reaches the port reads these paths without a credential',
  reach: 'unauthenticated',
  appliesTo: 'controller-manager',
  why: 'Paths of --authorization-always-allow-paths are served without asking who wants them. Metrics tell names of namespaces, nodes and workloads; profiles cost time.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/')],
  evaluate(manager, report) {
    judgeAlwaysAllowPaths(manager, report)
  },
  examples: {
    bad: controllerManagerWith(['--authorization-always-allow-paths=/healthz,/metrics']),
    good: controllerManagerWith(['--authorization-always-allow-paths=/healthz']),
  },
})
