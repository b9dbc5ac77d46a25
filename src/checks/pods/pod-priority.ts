import { asString } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { askPod } from './ask-pod.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'
import { isSystemNamespace } from '../../kube/index.js'

export const podPriority = defineCheck({
  id: 'pod-priority',
  title: 'A workload takes the priority of the cluster’s own components',
  severity: 'medium',
  because: 'its pods push out everything else, and are not evicted when the node runs out of memory or disk',
  reach: 'user',
  appliesTo: 'workload',
  why: 'With system-node-critical or system-cluster-critical a workload of one team evicts the pods of all others, and keeps its place when DNS or storage drivers need it.',
  references: [kubernetesDocs('concepts/scheduling-eviction/pod-priority-preemption/')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [{ of: 'pod', path: ['priorityClassName'], type: 'string' }],
      severity: 'medium',
      judge(subject) {
        const name = asString(subject.template.spec.priorityClassName)
        if (name === undefined || !/^system-(?:node|cluster)-critical$/.test(name)) return undefined
        if (isSystemNamespace(subject.object.ref.namespace)) return undefined
        return {
          message: `it has priority class ${name}`,
          at: ['spec', 'priorityClassName'],
          fix: changePod(subject, {
            op: 'remove',
            path: ['spec', 'priorityClassName'],
            text: `Remove priority class ${name}, or make one of its own with a lower value; a ResourceQuota with a scope keeps others from taking it.`,
            breaks: 'pods that must run before all others may have to wait for room',
          }),
        }
      },
    })
  },
  examples: {
    bad: podWith('', 'priorityClassName: system-node-critical'),
    good: podWith('', 'priorityClassName: shop-high'),
  },
})
