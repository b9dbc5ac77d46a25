import { checkTests } from '../../../test/kit/check-tests.js'
import { node } from './example-node.js'
import { nodeControlPlaneUntainted } from './node-control-plane-untainted.js'

const CP = (spec = ''): string => node('cp-1', { labels: 'node-role.kubernetes.io/control-plane: ""', spec })
const pod = (namespace: string): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: ${namespace}}\nspec: {containers: [{name: a}]}\n`
const TENANTS = `---\n${node('worker-1')}${pod('shop')}${pod('bank')}`

checkTests(nodeControlPlaneUntainted, [
  {
    name: 'open to several tenants',
    kind: 'failing',
    given: { manifests: `${CP()}${TENANTS}` },
    expect: [
      { result: 'fail', severity: 'medium', message: /2 namespaces/, path: 'spec.taints', fix: 'advice' },
    ],
  },
  {
    name: 'with its taint',
    kind: 'passing',
    given: {
      manifests: `${CP('taints: [{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}]')}${TENANTS}`,
    },
    expect: [],
  },
  {
    name: 'the only node',
    kind: 'odd',
    given: { manifests: CP() },
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'it takes no pods',
    kind: 'odd',
    given: { manifests: `${CP('unschedulable: true')}${TENANTS}` },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: CP('taints: {a: b}') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
