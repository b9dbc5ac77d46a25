import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'

export const controllerManagerTerminatedPodGc = defineCheck({
  id: 'controller-manager-terminated-pod-gc',
  title: 'Pods that ended are never cleaned up',
  severity: 'info',
  because: 'it fills etcd over time; nothing opens',
  reach: 'user',
  appliesTo: 'controller-manager',
  why: 'Pods that ended stay as objects until their number passes this threshold; with 0 they stay for ever, and whoever may start pods fills the store of the cluster.',
  references: [
    cis('1.3.1'),
    kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/'),
  ],
  evaluate(manager, report) {
    judgeFlag(
      manager,
      report,
      'terminated-pod-gc-threshold',
      manager.number('terminated-pod-gc-threshold'),
      (value) =>
        value <= 0
          ? {
              message: 'pods that ended are never removed',
              fix: manager.change('terminated-pod-gc-threshold', 12500),
            }
          : undefined,
    )
  },
  examples: {
    bad: controllerManagerWith(['--terminated-pod-gc-threshold=0']),
    good: controllerManagerWith(['--terminated-pod-gc-threshold=1000']),
  },
})
