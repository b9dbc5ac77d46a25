import { checkTests } from '../../../test/kit/check-tests.js'
import { policyWith } from './example-network.js'
import { netpolEgressTypesForgotten } from './netpol-egress-types-forgotten.js'

checkTests(netpolEgressTypesForgotten, [
  {
    name: 'an empty list and no types',
    kind: 'failing',
    given: { manifests: policyWith('podSelector: {}\negress: []') },
    expect: [{ result: 'fail', severity: 'medium', line: 6, path: 'spec.egress', fix: 'advice' }],
  },
  {
    name: 'rules that the types leave out',
    kind: 'odd',
    given: { manifests: policyWith('policyTypes: [Ingress]\negress: [{ ports: [{ port: 53 }] }]') },
    expect: [{ result: 'fail', message: /leave Egress out/ }],
  },
  {
    name: 'an empty list beside types that are named',
    kind: 'odd',
    given: { manifests: policyWith('policyTypes: [Ingress]\negress: []') },
    expect: [],
  },
  {
    name: 'a rule alone makes the type, and so does its name',
    kind: 'passing',
    given: { manifests: policyWith('egress: [{ ports: [{ port: 53 }] }]') },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: policyWith('policyTypes: [Egress]\negress: none') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
