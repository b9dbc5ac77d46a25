import { checkTests } from '../../../test/kit/check-tests.js'
import { node } from './example-node.js'
import { nodeLabelsUntrusted } from './node-labels-untrusted.js'

const apart = (key: string, label = key): { manifests: string } => ({
  manifests: node('worker-1', { labels: `${label}: a`, spec: `taints: [{key: ${key}, effect: NoSchedule}]` }),
})

checkTests(nodeLabelsUntrusted, [
  {
    name: 'set apart by a label of its own',
    kind: 'failing',
    given: apart('tenant'),
    expect: [{ result: 'fail', severity: 'info', path: 'metadata.labels.tenant', fix: 'advice' }],
  },
  {
    name: 'a protected label',
    kind: 'passing',
    given: apart('tenant', 'node-restriction.kubernetes.io/tenant'),
    expect: [],
  },
  { name: 'a control plane', kind: 'odd', given: apart('node-role.kubernetes.io/control-plane'), expect: [] },
  { name: 'nodes with accelerators', kind: 'odd', given: apart('nvidia.com/gpu'), expect: [] },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: node('a', { labels: 'tenant: a', spec: 'taints: {tenant: a}' }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
