import { clusterMinor, type ObjectIndex } from '../../kube/index.js'
import { asList, asString, field, type KubeObject } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'
import { judgeImages } from './judge-images.js'

/** Kubelets ask again whether a pod may have a stored image. Source: kubernetes v1.36 pkg/features, KubeletEnsureSecretPulledImages. */
const CHECKED_SINCE = 35

/** Whether the pod pulls with credentials, its own or those of its account. */
function pullsWithSecrets({ object, template, index }: WorkloadSubject): boolean {
  if (asList(template.spec.imagePullSecrets).length > 0) return true
  const account = asString(template.spec.serviceAccountName) ?? 'default'
  return asList(field(accountOf(index, object, account), 'imagePullSecrets')).length > 0
}

function accountOf(index: ObjectIndex, { ref }: KubeObject, name: string): unknown {
  return index.get('', 'ServiceAccount', ref.namespace, name)?.content
}

export const podImagePullPolicy = defineCheck({
  id: 'pod-image-pull-policy',
  title: 'A private image that is on the node is given to every pod',
  severity: 'info',
  because:
    'advice: on shared nodes with kubelets before 1.35 anybody who knows its name runs the image without its credential',
  reach: 'user',
  appliesTo: 'workload',
  why: 'Unless the policy is Always, the kubelet starts an image that some other pod has pulled and asks nobody. From 1.35 it asks again for each credential.',
  references: [kubernetesDocs('concepts/containers/images/#image-pull-policy')],
  evaluate(workload, report) {
    const minor = clusterMinor(workload.index)
    const asks = (minor !== undefined && minor >= CHECKED_SINCE) || !pullsWithSecrets(workload)
    judgeImages(workload, report, 'info', ({ tag, digest }, { name, spec, podPath }) => {
      const set = asString(spec.imagePullPolicy)
      // Source: kubernetes v1.36.2 pkg/apis/core/v1/defaults.go, SetDefaults_Container.
      const policy =
        set ?? (digest === undefined && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent')
      if (asks || policy === 'Always') return undefined
      return {
        message: `container \`${name}\` starts a private image with pull policy ${policy}`,
        at: ['imagePullPolicy'],
        fix: changePod(workload, {
          op: 'set',
          path: [...podPath, 'imagePullPolicy'],
          value: 'Always',
          text: 'Set `imagePullPolicy: Always`.',
          breaks: 'starts while the registry cannot be reached',
        }),
      }
    })
  },
  examples: {
    bad: podWith('imagePullPolicy: IfNotPresent', 'imagePullSecrets:\n  - name: registry'),
    good: podWith('imagePullPolicy: Always', 'imagePullSecrets:\n  - name: registry'),
  },
})
