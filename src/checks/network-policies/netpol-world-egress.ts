import { defineCheck } from '../define-check.js'
import { kubernetesDocs, nsa } from '../references.js'
import { policyWith } from './example-network.js'
import { judgeWorld } from './judge-world.js'
import { POLICIES } from './policy-kinds.js'

export const netpolWorldEgress = defineCheck({
  id: 'netpol-world-egress',
  title: 'A NetworkPolicy lets pods connect to every address',
  severity: 'low',
  because: 'code in the pods may send data anywhere; other rules still hold',
  reach: 'pod',
  why: 'A rule without peers, or with the block of all addresses, leaves out what isolation of egress is for: whoever runs code in the pod may load tools and send out data.',
  appliesTo: 'object',
  kinds: POLICIES,
  references: [nsa('network policies'), kubernetesDocs('concepts/services-networking/network-policies/')],
  evaluate(subject, report) {
    judgeWorld(subject, report, 'egress')
  },
  examples: {
    bad: {
      manifests: policyWith(
        'podSelector: { matchLabels: { app: web } }\npolicyTypes: [Egress]\negress:\n  - to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]',
      ),
    },
    good: {
      manifests: policyWith(
        'podSelector: { matchLabels: { app: web } }\npolicyTypes: [Egress]\negress:\n  - to: [{ ipBlock: { cidr: 10.1.0.0/16 } }]',
      ),
    },
  },
})
