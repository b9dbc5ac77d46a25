import { selectorMatches } from '../../kube/index.js'
import { isObject, unknown, valueAt } from '../../model/index.js'
import { deploymentWith } from './example-wiring.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const wiringSelectorMismatch = defineCheck({
  id: 'wiring-selector-mismatch',
  title: 'A workload does not select the pods that it makes',
  severity: 'low',
  because: 'the API server refuses it',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'ReplicaSet.apps'],
  byDefault: 'manifests',
  why: 'The selector and the labels of the template differ: the workload is refused, and what runs is what was there before.',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  evaluate({ object }, report) {
    const path = ['spec', 'selector']
    const selector = valueAt(object.content, path)
    if (!isObject(selector)) {
      return report.unknown(
        unknown('unparsable', 'the selector is no mapping', { kind: 'object', object, path }),
      )
    }
    if (selectorMatches(selector, valueAt(object.content, ['spec', 'template', 'metadata', 'labels']))) return
    report.fail(fieldEvidence(object, path, 'the labels of the template do not meet the selector'), {
      fix: advice(
        'Give the template the labels of the selector. The selector of a workload that runs cannot be changed.',
      ),
    })
  },
  examples: {
    bad: { manifests: deploymentWith('', '', '{ app: wbe }') },
    good: { manifests: deploymentWith() },
  },
})
