import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podHostUsers } from './pod-host-users.js'

const ROOT = 'securityContext: {runAsUser: 0}'
const OLD =
  '---\napiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {nodeInfo: {kubeletVersion: v1.31.4}}\n'

checkTests(podHostUsers, [
  {
    name: 'root of the node',
    kind: 'failing',
    given: podWith(ROOT),
    expect: [{ result: 'fail', severity: 'info', path: 'spec.hostUsers', fix: 'advice' }],
  },
  {
    name: 'added capabilities',
    kind: 'failing',
    given: podWith('securityContext: {capabilities: {add: [NET_ADMIN]}}'),
    expect: [{ result: 'fail', message: /NET_ADMIN/ }],
  },
  { name: 'users of its own', kind: 'passing', given: podWith(ROOT, 'hostUsers: false'), expect: [] },
  {
    name: 'a user without rights',
    kind: 'passing',
    given: podWith('securityContext: {runAsUser: 7}'),
    expect: [],
  },
  {
    name: 'on the network of the node it may not yet',
    kind: 'odd',
    given: podWith(ROOT, 'hostNetwork: true'),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'a cluster that does not know it',
    kind: 'odd',
    given: { manifests: `${podWith(ROOT).manifests ?? ''}${OLD}` },
    expect: [],
  },
  {
    name: 'a word',
    kind: 'unknown',
    given: podWith(ROOT, 'hostUsers: "no"'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
