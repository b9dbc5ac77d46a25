import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentOf, documents, policyWith } from './example-network.js'
import { netpolHostNetwork } from './netpol-host-network.js'

const AGENT = deploymentOf('agent', 'shop', 'hostNetwork: true')
const POLICY = policyWith('podSelector: { matchLabels: { app: agent } }')

checkTests(netpolHostNetwork, [
  {
    name: 'a policy was written for it',
    kind: 'failing',
    given: { manifests: documents(AGENT, POLICY) },
    expect: [{ result: 'fail', severity: 'info', path: 'hostNetwork', fix: 'advice' }],
  },
  {
    name: 'pods with their own network',
    kind: 'passing',
    given: { manifests: documents(deploymentOf('agent'), POLICY) },
    expect: [],
  },
  {
    name: 'the default deny of the namespace is not about it, and the cluster has its own',
    kind: 'odd',
    given: {
      manifests: documents(
        AGENT,
        policyWith('podSelector: {}'),
        deploymentOf('agent', 'kube-system', 'hostNetwork: true'),
        policyWith('podSelector: { matchLabels: { app: agent } }', 'kube-system'),
      ),
    },
    expect: [],
  },
  {
    name: 'a word where a boolean belongs',
    kind: 'unknown',
    given: { manifests: documents(deploymentOf('agent', 'shop', 'hostNetwork: "true"'), POLICY) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
