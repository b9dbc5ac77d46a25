import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { deploymentOf, documents, namespaceNamed, policyWith } from './example-network.js'
import { judgeDefaultDeny } from './judge-default-deny.js'

export const netpolNoDefaultDenyEgress = defineCheck({
  id: 'netpol-no-default-deny-egress',
  title: 'Pods of a namespace may connect to everywhere by default',
  severity: 'medium',
  because:
    'a pod that was taken over can send out what it finds; advice in system namespaces and where no pod runs',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'Without a policy that isolates all pods for egress, code in any of them may load tools from the internet, send data out, and ask the metadata service of the cloud for a credential.',
  references: [
    cis('5.3.2'),
    nsa('network policies'),
    kubernetesDocs('concepts/services-networking/network-policies/#default-policies'),
  ],
  evaluate(subject, report) {
    judgeDefaultDeny(subject, report, 'egress')
  },
  examples: {
    bad: { complete: true, manifests: documents(namespaceNamed('shop'), deploymentOf('web')) },
    good: {
      complete: true,
      manifests: documents(
        namespaceNamed('shop'),
        deploymentOf('web'),
        policyWith('podSelector: {}\npolicyTypes: [Egress]'),
      ),
    },
  },
})
