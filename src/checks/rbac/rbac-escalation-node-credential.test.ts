import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf, clusterRole } from './example-objects.js'
import { rbacEscalationNodeCredential } from './rbac-escalation-node-credential.js'

const runner = { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' }
const rights = (resource: string): string =>
  `${clusterRole('agent', [{ verbs: ['list'], apiGroups: [''], resources: [resource] }])}---
${bindingOf('agent', 'agent', runner)}`
const pod = (name: string, node: string, metadata = '', account = 'runner'): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ci${metadata} }
spec: { nodeName: ${node}, serviceAccountName: ${account}, containers: [] }
`

checkTests(rbacEscalationNodeCredential, [
  {
    name: 'an account that reads every Secret, on two nodes',
    kind: 'failing',
    given: { manifests: `${rights('secrets')}${pod('a', 'n1')}${pod('b', 'n2')}${pod('c', 'n2')}` },
    // One binding, one finding.
    expect: [{ result: 'fail', severity: 'medium', message: /system:node:n1 .*: ci\/runner/, fix: 'advice' }],
  },
  {
    name: 'an account without wide rights',
    kind: 'passing',
    given: { manifests: `${rights('events')}${pod('a', 'n1')}` },
    expect: [],
  },
  {
    name: 'another account on the node',
    kind: 'passing',
    given: { manifests: `${rights('secrets')}${pod('a', 'n1', '', 'other')}` },
    expect: [],
  },
  {
    name: 'a mirror pod gives no token',
    kind: 'odd',
    given: {
      manifests: `${rights('secrets')}${pod('a', 'n1', ", annotations: { kubernetes.io/config.mirror: 'x' }")}`,
    },
    expect: [],
  },
  {
    name: 'subjects of the wrong type',
    kind: 'unknown',
    given: { manifests: rights('secrets').replace(/subjects:[^]*$/, 'subjects: 7\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
