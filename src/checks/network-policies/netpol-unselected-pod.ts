import { absenceIsKnown, isSystemNamespace, networkPoliciesOf, otherLayersOf } from '../../kube/index.js'
import { field, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { deploymentOf, documents, policyWith } from './example-network.js'

export const netpolUnselectedPod = defineCheck({
  id: 'netpol-unselected-pod',
  title: 'No NetworkPolicy of its namespace selects a workload',
  severity: 'low',
  because: 'others in the namespace are isolated, these pods are not',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The namespace has policies, so its team means to isolate pods; those of this workload were forgotten, or lost a label, and take connections from everywhere.',
  references: [
    cis('5.3.2'),
    nsa('network policies'),
    kubernetesDocs('concepts/services-networking/network-policies/'),
  ],
  evaluate({ object, template, index }, report) {
    const { namespace } = object.ref
    const policies = networkPoliciesOf(index)
    // Policies mostly leave pods in the network of their node alone; a namespace without any is another check's.
    if (template.spec.hostNetwork === true || isSystemNamespace(namespace)) return
    const all = policies.inNamespace(namespace)
    const labels = field(template.metadata, 'labels')
    if (all.length === 0 || policies.selecting(namespace, labels).length > 0) return
    const origin = { kind: 'object', object, path: [...template.metadataPath, 'labels'] } as const
    const layers = otherLayersOf(index, namespace, 'ingress')
    if (layers.state === 'isolated') return
    if (!absenceIsKnown(index, 'networking.k8s.io', 'NetworkPolicy') || layers.state === 'not-known') {
      const seen = `none of the ${all.length} policies of ${namespace} that were read selects it`
      const rest = layers.state === 'not-known' ? layers.detail : 'the input need not hold all of them'
      return report.unknown(unknown('no-source', `${seen}; ${rest}`, origin))
    }
    const message = `none of the ${all.length} policies of ${namespace} selects its pods`
    report.fail(
      { origin, key: 'labels', message },
      {
        message,
        fix: advice('Write a policy for it, or a default deny for the namespace.', {
          breaks: 'connections to its pods that the new policy does not allow',
        }),
      },
    )
  },
  examples: {
    bad: {
      complete: true,
      manifests: documents(
        deploymentOf('web'),
        deploymentOf('job'),
        policyWith('podSelector: { matchLabels: { app: web } }'),
      ),
    },
    good: {
      complete: true,
      manifests: documents(deploymentOf('web'), deploymentOf('job'), policyWith('podSelector: {}')),
    },
  },
})
