import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentOf, documents, policyWith } from './example-network.js'
import { netpolUnselectedPod } from './netpol-unselected-pod.js'

const WEB = policyWith('podSelector: { matchLabels: { app: web } }')
const CILIUM = `apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: deny }
spec: { endpointSelector: {}, ingress: [{}] }
`

checkTests(netpolUnselectedPod, [
  {
    name: 'one of two was forgotten',
    kind: 'failing',
    given: { complete: true, manifests: documents(deploymentOf('web'), deploymentOf('job'), WEB) },
    expect: [{ result: 'fail', severity: 'low', path: 'labels', fix: 'advice' }],
  },
  {
    name: 'the network of the node, a namespace without policies, a policy for the whole cluster',
    kind: 'odd',
    given: {
      complete: true,
      manifests: documents(
        deploymentOf('agent', 'shop', 'hostNetwork: true'),
        deploymentOf('job', 'other'),
        deploymentOf('job'),
        WEB,
        CILIUM,
      ),
    },
    expect: [],
  },
  {
    name: 'selected by an expression',
    kind: 'passing',
    given: {
      complete: true,
      manifests: documents(
        deploymentOf('job'),
        policyWith('podSelector: { matchExpressions: [{ key: app, operator: Exists }] }'),
      ),
    },
    expect: [],
  },
  {
    name: 'not all policies were read',
    kind: 'unknown',
    given: { manifests: documents(deploymentOf('job'), WEB) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
