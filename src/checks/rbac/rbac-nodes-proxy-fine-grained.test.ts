import { checkTests } from '../../../test/kit/check-tests.js'
import { clusterRole } from './example-objects.js'
import { rbacNodesProxyFineGrained } from './rbac-nodes-proxy-fine-grained.js'

const given = (version: string, rule: object): { manifests: string } => ({
  manifests: `${clusterRole('metrics', [rule])}---
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { nodeInfo: { kubeletVersion: ${version} } }
`,
})
const proxy = { verbs: ['get', 'list'], apiGroups: [''], resources: ['nodes', 'nodes/proxy'] }

checkTests(rbacNodesProxyFineGrained, [
  {
    name: 'a monitoring agent',
    kind: 'failing',
    given: given('v1.34.1+k3s1', proxy),
    expect: [{ result: 'fail', severity: 'low', line: 6, fix: 'advice' }],
  },
  { name: 'before there was anything else', kind: 'odd', given: given('v1.32.4', proxy), expect: [] },
  {
    name: 'who writes needs the whole API',
    kind: 'odd',
    given: given('v1.36.2', { ...proxy, verbs: ['get', 'create'] }),
    expect: [],
  },
  {
    name: 'nodes of another group',
    kind: 'odd',
    given: given('v1.36.2', { ...proxy, apiGroups: ['metrics.k8s.io'] }),
    expect: [],
  },
  {
    name: 'the narrow right',
    kind: 'passing',
    given: given('v1.36.2', { ...proxy, resources: ['nodes/metrics'] }),
    expect: [],
  },
  {
    name: 'no version is known',
    kind: 'unknown',
    given: { manifests: clusterRole('metrics', [proxy]) },
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: given('v1.36.2', { ...proxy, resources: 'nodes/proxy' }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
