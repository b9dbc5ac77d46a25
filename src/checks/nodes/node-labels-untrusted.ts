import { asList, asString, field, isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { node } from './example-node.js'

/** Labels that a kubelet may not give itself. Source: kubernetes v1.36.2 plugin/pkg/admission/noderestriction. */
const PROTECTED = 'node-restriction.kubernetes.io/'

/** Whose labels and taints are those of Kubernetes and of clouds, for their own purposes. */
const OF_SYSTEM =
  /(?:^|\.)(?:kubernetes\.io|k8s\.io|azure\.com|amazonaws\.com|gke\.io|google\.com|karpenter\.sh|openshift\.io|cattle\.io)\/|^(?:nvidia|amd|intel|habana)\.(?:com|ai)\/|^karpenter\.sh\//

export const nodeLabelsUntrusted = defineCheck({
  id: 'node-labels-untrusted',
  title: 'A node is set apart by a label that any node may give itself',
  severity: 'info',
  because: 'advice: somebody must hold another node first',
  reach: 'host',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'Workloads that are to run on these nodes alone are placed by the label. A kubelet that was taken over may set it on its own node and draws their pods, with their secrets, to itself; labels below node-restriction.kubernetes.io are kept from it.',
  references: [kubernetesDocs('concepts/scheduling-eviction/assign-pod-node/#node-isolation-restriction')],
  evaluate({ object }, report) {
    const labels = valueAt(object.content, ['metadata', 'labels'])
    const taints = valueAt(object.content, ['spec', 'taints'])
    if (taints !== undefined && taints !== null && !Array.isArray(taints)) {
      const path = ['spec', 'taints']
      return report.unknown(
        unknown('unparsable', '`taints` should be a list', { kind: 'object', object, path }),
      )
    }
    for (const taint of asList(taints)) {
      const key = asString(field(taint, 'key')) ?? ''
      const effect = asString(field(taint, 'effect'))
      if (effect === 'PreferNoSchedule' || key.startsWith(PROTECTED) || OF_SYSTEM.test(key)) continue
      if (!isObject(labels) || !Object.hasOwn(labels, key)) continue
      const path = ['metadata', 'labels', key]
      report.fail(
        { origin: { kind: 'object', object, path }, message: `label and taint \`${key}\`` },
        {
          message: `taint and label \`${key}\` set the node apart, and the label is not kept from kubelets`,
          fix: advice(
            `Add a label \`${PROTECTED}...\` and place the workloads by it (needs the admission plug-in NodeRestriction).`,
            { breaks: 'workloads that still ask for the old label once it is gone' },
          ),
        },
      )
    }
  },
  examples: {
    bad: {
      manifests: node('worker-1', {
        labels: 'tenant: bank',
        spec: 'taints: [{key: tenant, value: bank, effect: NoSchedule}]',
      }),
    },
    good: {
      manifests: node('worker-1', {
        labels: 'node-restriction.kubernetes.io/tenant: bank',
        spec: 'taints: [{key: tenant, value: bank, effect: NoSchedule}]',
      }),
    },
  },
})
