import { asString, isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { nodeOf } from './example-eks-node.js'

const LABELS = ['metadata', 'labels']

export const cloudGkeLegacyMetadata = defineCheck({
  id: 'cloud-gke-legacy-metadata',
  title: 'Pods of a GKE node reach the metadata of the machine',
  severity: 'medium',
  because: 'any pod takes the token of the node’s service account; what that may do decides',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'Without the metadata server of GKE a request from a pod to 169.254.169.254 is answered by the machine: with the token of its service account and what the node needs to join the cluster.',
  references: [
    'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/protecting-cluster-metadata',
  ],
  evaluate({ object }, report) {
    const labels = valueAt(object.content, LABELS)
    if (labels !== undefined && labels !== null && !isObject(labels)) {
      return report.unknown(
        unknown('unparsable', '`labels` is no mapping', { kind: 'object', object, path: LABELS }),
      )
    }
    const label = (name: string): string | undefined => asString(valueAt(object.content, [...LABELS, name]))
    if (label('cloud.google.com/gke-nodepool') === undefined || label('kubernetes.io/os') === 'windows')
      return
    const guarded = ['iam.gke.io/gke-metadata-server-enabled', 'cloud.google.com/metadata-proxy-ready']
    if (guarded.some((name) => label(name) === 'true')) return
    report.fail(
      {
        origin: { kind: 'object', object, path: LABELS },
        message: 'no metadata server of GKE runs on the node',
      },
      {
        message: 'the metadata service of the machine answers pods',
        fix: advice(
          'Turn Workload Identity Federation on for the cluster and its node pool: gcloud container node-pools update POOL --cluster CLUSTER --workload-metadata=GKE_METADATA.',
          { breaks: 'pods that work as the service account of the node: give theirs the rights first' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: nodeOf('v1.35.1-gke.100', 'cloud.google.com/gke-nodepool: default') },
    good: {
      manifests: nodeOf(
        'v1.35.1-gke.100',
        'cloud.google.com/gke-nodepool: default, iam.gke.io/gke-metadata-server-enabled: "true"',
      ),
    },
  },
})
