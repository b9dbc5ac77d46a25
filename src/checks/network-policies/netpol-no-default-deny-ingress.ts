import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { deploymentOf, documents, namespaceNamed, policyWith } from './example-network.js'
import { judgeDefaultDeny } from './judge-default-deny.js'

export const netpolNoDefaultDenyIngress = defineCheck({
  id: 'netpol-no-default-deny-ingress',
  title: 'A namespace takes connections from everywhere by default',
  severity: 'medium',
  because: 'a pod that was taken over reaches every other; advice in system namespaces and where no pod runs',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'Without a policy that isolates all pods, each new pod can be reached by every other pod of the cluster, whatever its own team thinks of it. Whoever takes over one pod goes on from there.',
  references: [
    cis('5.3.2'),
    nsa('network policies'),
    kubernetesDocs('concepts/services-networking/network-policies/#default-policies'),
  ],
  evaluate(subject, report) {
    judgeDefaultDeny(subject, report, 'ingress')
  },
  examples: {
    bad: { complete: true, manifests: documents(namespaceNamed('shop'), deploymentOf('web')) },
    good: {
      complete: true,
      manifests: documents(
        namespaceNamed('shop'),
        deploymentOf('web'),
        policyWith('podSelector: {}\npolicyTypes: [Ingress]'),
      ),
    },
  },
})
