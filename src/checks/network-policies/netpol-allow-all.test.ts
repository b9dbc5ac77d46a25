import { checkTests } from '../../../test/kit/check-tests.js'
import { documents, policyWith } from './example-network.js'
import { netpolAllowAll } from './netpol-allow-all.js'

const DENY = policyWith('podSelector: {}\npolicyTypes: [Ingress, Egress]', 'shop', 'deny')

checkTests(netpolAllowAll, [
  {
    name: 'an empty rule for all pods cancels the default deny beside it',
    kind: 'failing',
    given: { manifests: documents(policyWith('podSelector: {}\ningress:\n  - {}'), DENY) },
    expect: [{ result: 'fail', severity: 'medium', line: 7, fix: 'advice', message: /cancels deny$/ }],
  },
  {
    name: 'both directions',
    kind: 'failing',
    given: {
      manifests: policyWith('podSelector:\ningress:\n  - from: []\negress:\n  - to: []\n    ports: []'),
    },
    expect: [{ result: 'fail', message: /connections to.*connections from/ }],
  },
  {
    name: 'rules that name a peer or a port',
    kind: 'passing',
    given: {
      manifests: policyWith('ingress: [{ from: [{ podSelector: {} }] }, { ports: [{ port: 80 }] }]'),
    },
    expect: [],
  },
  {
    name: 'only for some pods, and a rule of a direction that the policy is not about',
    kind: 'odd',
    given: {
      manifests: documents(
        policyWith('podSelector: { matchLabels: { app: edge } }\ningress: [{}]'),
        policyWith('policyTypes: [Ingress]\negress: [{}]', 'shop', 'other'),
      ),
    },
    expect: [],
  },
  {
    name: 'a rule that the API refuses',
    kind: 'unknown',
    given: { manifests: policyWith('ingress: [[]]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
