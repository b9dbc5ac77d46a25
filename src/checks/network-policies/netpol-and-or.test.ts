import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentOf, documents, namespaceNamed, policyWith } from './example-network.js'
import { netpolAndOr } from './netpol-and-or.js'

const NS = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } } }'
const PODS = '{ podSelector: { matchLabels: { app: front } } }'
const from = (...peers: string[]) => policyWith(`podSelector: {}\ningress:\n  - from: [${peers.join(', ')}]`)
const FRONT = documents(namespaceNamed('web'), deploymentOf('front', 'web'))

checkTests(netpolAndOr, [
  {
    name: 'the labels are those of pods in the selected namespace',
    kind: 'failing',
    given: { complete: true, manifests: documents(FRONT, from(NS, PODS)) },
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice' }],
  },
  {
    name: 'the DNS of the cluster, told by its labels alone',
    kind: 'failing',
    given: {
      manifests: policyWith(
        'policyTypes: [Egress]\negress:\n  - to: [{ namespaceSelector: {} }, { podSelector: { matchLabels: { k8s-app: kube-dns } } }]',
      ),
    },
    expect: [{ result: 'fail', message: /^egress/ }],
  },
  {
    name: 'one item with both',
    kind: 'passing',
    given: {
      complete: true,
      manifests: documents(FRONT, from(`{ ${NS.slice(2, -2)}, ${PODS.slice(2, -2)} }`)),
    },
    expect: [],
  },
  {
    name: 'pods of the own namespace have the labels',
    kind: 'odd',
    given: { manifests: documents(FRONT, deploymentOf('front'), from(NS, PODS)) },
    expect: [],
  },
  {
    name: 'several items, an empty selector, and labels that nothing has',
    kind: 'odd',
    given: {
      complete: true,
      manifests: documents(
        FRONT,
        from(NS, PODS, '{ podSelector: { matchLabels: { app: other } } }'),
        from(NS, '{ podSelector: {} }').replace('rules', 'b'),
        from(NS, '{ podSelector: { matchLabels: { app: gone } } }').replace('rules', 'c'),
      ),
    },
    expect: [],
  },
  {
    name: 'no pods were read',
    kind: 'unknown',
    given: { manifests: from(NS, PODS) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
