import { controllerOf, isMirrorPod } from '../../kube/index.js'
import { asString, isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'
import { movedForComponent } from './move-severity.js'

/** A pod that a tool starts for one task and takes away again. */
const FOR_ONE_TASK = ['helm.sh/hook', 'argocd.argoproj.io/hook']

export const podBare = defineCheck({
  id: 'pod-bare',
  title: 'A pod that no controller looks after',
  severity: 'info',
  because:
    'advice: left from a test or a repair, it gets no updates and does not come back when its node goes',
  reach: 'user',
  appliesTo: 'workload',
  why: 'Pods that somebody started by hand are forgotten: their images grow old, and nobody knows whose they are.',
  references: [
    kubernetesDocs('concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs'),
  ],
  evaluate(workload, report) {
    const { object, template } = workload
    if (object.ref.kind !== 'Pod' || object.ref.group !== '') return
    const path = ['metadata', 'ownerReferences']
    const owners = valueAt(object.content, path)
    if (owners !== undefined && owners !== null && !Array.isArray(owners)) {
      const detail = '`ownerReferences` should be a list'
      return report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
    }
    const { annotations } = template.metadata
    const ended = ['Succeeded', 'Failed'].includes(
      asString(valueAt(object.content, ['status', 'phase'])) ?? '',
    )
    const hook = isObject(annotations) && FOR_ONE_TASK.some((name) => Object.hasOwn(annotations, name))
    if (ended || hook || object.source === 'static-pod' || isMirrorPod(object) || controllerOf(object)) return
    const said = movedForComponent(workload, undefined, {
      message: 'it is not made by a Deployment, Job or the like',
      severity: 'info',
      fix: advice('Delete it if nobody needs it, or make it of a Deployment, StatefulSet or Job.', {
        breaks: 'what the pod does',
      }),
    })
    if (said !== undefined) {
      report.fail(
        { origin: { kind: 'object', object, path: ['metadata', 'name'] }, message: 'no controller' },
        said,
      )
    }
  },
  examples: {
    bad: podWith(''),
    good: {
      manifests: `apiVersion: batch/v1
kind: Job
metadata:
  name: task
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: app
          image: registry.example/app:1.0
`,
    },
  },
})
