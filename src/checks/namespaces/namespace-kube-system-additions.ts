import { controllerOf, knownComponent } from '../../kube/index.js'
import { asObject, asString, field, isObject, unknown, valueAt, type KubeObject } from '../../model/index.js'
import { defineCheck, type WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { deploymentIn } from './example-namespace.js'

export const namespaceKubeSystemAdditions = defineCheck({
  id: 'namespace-kube-system-additions',
  title: 'A workload that is no part of the cluster runs in kube-system',
  severity: 'low',
  because:
    'Secrets and accounts of the cluster stand beside it, and policies usually leave this namespace out',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Rights in kube-system lead to the whole cluster: its accounts belong to controllers. Pod Security, policy engines and network policies mostly exempt it, so whatever runs there is not held back.',
  references: [kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    const { object } = subject
    if (object.ref.namespace !== 'kube-system' || object.source === 'static-pod') return
    const labels = valueAt(object.content, ['metadata', 'labels'])
    const origin = { kind: 'object', object, path: ['metadata', 'namespace'] } as const
    if (labels !== undefined && labels !== null && !isObject(labels)) {
      return report.unknown(unknown('unparsable', '`metadata.labels` is not a mapping', origin))
    }
    if (belongsToCluster(subject)) return
    report.fail(
      { origin, message: 'nothing says that it is a part of the cluster' },
      {
        message: 'it runs in kube-system and nothing says that it is a part of the cluster',
        fix: advice('Give it a namespace of its own, with the account and the rights that it needs.', {
          needs: 'it is none of the provider or the distribution',
          breaks: 'what asks for it by the name of this namespace',
        }),
      },
    )
  },
  examples: {
    bad: { manifests: deploymentIn('kube-system') },
    good: { manifests: deploymentIn('shop') },
  },
})

/** Labels and annotations by which installers, providers and add-on managers mark what is theirs. */
const MARKS =
  /^(?:kubernetes\.io\/(?:cluster-service|bootstrapping)|addonmanager\.kubernetes\.io\/.*|objectset\.rio\.cattle\.io\/.*|(?:[a-z0-9-]+\.)*(?:eks\.amazonaws\.com|kubernetes\.azure\.com|gke\.io|cloud\.google\.com|openshift\.io|k3s\.cattle\.io)\/.*|components\.gke\.io\/.*|kubernetes\.azure\.com\/managedby|addon\.kops\.k8s\.io\/.*|k8s-addon)$/
/** Images of Kubernetes, of the distributions and of the providers. */
const OWN_IMAGES =
  /^(?:registry\.k8s\.io|k8s\.gcr\.io|gke\.gcr\.io|(?:[a-z0-9-]+\.)?gcr\.io\/(?:gke-release|k8s-artifacts-prod)|[a-z0-9-]+-artifactregistry\.gcr\.io\/gke-release|mcr\.microsoft\.com\/(?:oss|aks|azure.*|containernetworking)|[0-9]{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/(?:eks|amazon)|public\.ecr\.aws\/eks[a-z0-9-]*|quay\.io\/openshift[a-z0-9-]*|(?:docker\.io\/)?rancher|(?:docker\.io\/)?cdkbot)\//

function belongsToCluster(subject: WorkloadSubject): boolean {
  const { object, template, containers } = subject
  if (controllerOf(object)?.kind === 'Node') return true
  if (/^system-(?:node|cluster)-critical$/.test(asString(template.spec.priorityClassName) ?? '')) return true
  if (knownComponent(object, template, containers) !== undefined || isMarked(object)) return true
  return containers.some(({ spec }) => OWN_IMAGES.test(asString(field(spec, 'image')) ?? ''))
}

function isMarked(object: KubeObject): boolean {
  return ['labels', 'annotations'].some((part) =>
    Object.keys(asObject(valueAt(object.content, ['metadata', part]))).some((key) => MARKS.test(key)),
  )
}
