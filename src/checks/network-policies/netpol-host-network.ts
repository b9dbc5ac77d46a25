import { isSystemNamespace, networkPoliciesOf, selectsAll } from '../../kube/index.js'
import { field, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { deploymentOf, documents, policyWith } from './example-network.js'

export const netpolHostNetwork = defineCheck({
  id: 'netpol-host-network',
  title: 'A NetworkPolicy selects pods that are in the network of their node',
  severity: 'info',
  because: 'most network plug-ins do not enforce policies there',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'What a policy means for a pod with hostNetwork is left to the network plug-in. Most take its traffic for that of the node: nothing of the policy holds for it, and rules that name it as a peer do not match.',
  references: [
    nsa('network policies'),
    kubernetesDocs('concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods'),
  ],
  evaluate({ object, template, index }, report) {
    const { hostNetwork } = template.spec
    if (hostNetwork === undefined || hostNetwork === false || isSystemNamespace(object.ref.namespace)) return
    const policies = networkPoliciesOf(index)
      .selecting(object.ref.namespace, field(template.metadata, 'labels'))
      .filter((policy) => !selectsAll(policy))
    if (policies.length === 0) return
    const path = [...template.specPath, 'hostNetwork']
    if (hostNetwork !== true) {
      return report.unknown(
        unknown('unparsable', 'hostNetwork is no boolean', { kind: 'object', object, path }),
      )
    }
    const names = policies.map((policy) => policy.object.ref.name).sort()
    report.fail(
      {
        origin: { kind: 'object', object, path },
        key: 'hostNetwork',
        message: `hostNetwork is true, and NetworkPolicy ${names.join(', ')} selects its pods`,
      },
      {
        message: `NetworkPolicy ${names.join(', ')} most likely does not hold for its pods`,
        fix: advice(
          'Take the pods out of the network of the node, or restrain them with the firewall of the node.',
          {
            breaks: 'what needs the addresses of the node',
          },
        ),
      },
    )
  },
  examples: {
    bad: {
      manifests: documents(
        deploymentOf('agent', 'shop', 'hostNetwork: true'),
        policyWith('podSelector: { matchLabels: { app: agent } }'),
      ),
    },
    good: {
      manifests: documents(deploymentOf('agent'), policyWith('podSelector: { matchLabels: { app: agent } }')),
    },
  },
})
