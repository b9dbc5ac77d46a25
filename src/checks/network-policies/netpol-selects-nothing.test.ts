import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentOf, documents, policyWith } from './example-network.js'
import { netpolSelectsNothing } from './netpol-selects-nothing.js'

const POLICY = policyWith('podSelector: { matchLabels: { app: web } }')

checkTests(netpolSelectsNothing, [
  {
    name: 'the pods are in another namespace',
    kind: 'failing',
    given: { complete: true, manifests: documents(deploymentOf('web', 'other'), POLICY) },
    expect: [{ result: 'fail', severity: 'low', path: 'spec.podSelector', fix: 'advice' }],
  },
  {
    name: 'an expression that nothing meets',
    kind: 'odd',
    given: {
      complete: true,
      manifests: documents(
        deploymentOf('web'),
        policyWith('podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web] }] }'),
      ),
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'labels that the controller adds are not known from its template',
    kind: 'odd',
    given: {
      complete: true,
      manifests: documents(
        deploymentOf('web'),
        policyWith('podSelector: { matchLabels: { app: web, pod-template-hash: abc } }'),
      ),
    },
    expect: [],
  },
  {
    name: 'a workload has the labels',
    kind: 'passing',
    given: { manifests: documents(deploymentOf('web'), POLICY) },
    expect: [],
  },
  {
    name: 'all pods of an empty namespace',
    kind: 'passing',
    given: { complete: true, manifests: policyWith('podSelector: {}') },
    expect: [],
  },
  {
    name: 'only the policy',
    kind: 'unknown',
    given: { manifests: POLICY },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a selector that is none',
    kind: 'unknown',
    given: { complete: true, manifests: policyWith('podSelector: [web]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
