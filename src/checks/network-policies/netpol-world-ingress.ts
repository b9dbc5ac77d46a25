import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { policyWith } from './example-network.js'
import { judgeWorld } from './judge-world.js'
import { POLICIES } from './policy-kinds.js'

export const netpolWorldIngress = defineCheck({
  id: 'netpol-world-ingress',
  title: 'A NetworkPolicy lets everyone in',
  severity: 'low',
  because:
    'the pods are isolated in name only for these ports; advice where a Service opens them to the outside on purpose',
  reach: 'pod',
  why: 'A rule without peers, or with the block of all addresses, lets every pod and every client that finds a way to the pod network connect.',
  appliesTo: 'object',
  kinds: POLICIES,
  references: [nsa('network policies'), kubernetesDocs('concepts/services-networking/network-policies/')],
  evaluate(subject, report) {
    judgeWorld(subject, report, 'ingress')
  },
  examples: {
    bad: {
      manifests: policyWith(
        'podSelector: { matchLabels: { app: web } }\npolicyTypes: [Ingress]\ningress:\n  - from: [{ ipBlock: { cidr: 0.0.0.0/0 } }]',
      ),
    },
    good: {
      manifests: policyWith(
        'podSelector: { matchLabels: { app: web } }\npolicyTypes: [Ingress]\ningress:\n  - from: [{ ipBlock: { cidr: 10.1.0.0/16 } }]',
      ),
    },
  },
})
