import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podCapabilities } from './pod-capabilities.js'

checkTests(podCapabilities, [
  {
    name: 'SYS_ADMIN',
    kind: 'failing',
    given: podWith(`securityContext:\n  capabilities:\n    add: [SYS_ADMIN]`),
    expect: [{ result: 'fail', severity: 'critical', fix: 'patch', line: 12 }],
  },
  {
    name: 'NET_RAW',
    kind: 'failing',
    given: podWith(`securityContext:\n  capabilities:\n    add: [NET_RAW]`),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'one that baseline allows',
    kind: 'passing',
    given: podWith(`securityContext:\n  capabilities:\n    add: [NET_BIND_SERVICE]`),
    expect: [],
  },
  {
    name: 'one of the default set, given back by name',
    kind: 'failing',
    given: podWith(`securityContext:\n  capabilities:\n    drop: [ALL]\n    add: [CHOWN, NET_BIND_SERVICE]`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        fix: 'advice',
        path: 'spec.containers[name=app].securityContext.capabilities.add[CHOWN]',
      },
    ],
  },
  {
    name: 'with a user namespace',
    kind: 'odd',
    given: podWith(`securityContext:\n  capabilities:\n    add: [NET_ADMIN]`, 'hostUsers: false'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a text instead of a list',
    kind: 'unknown',
    given: podWith(`securityContext:\n  capabilities:\n    add: SYS_ADMIN`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'a number among the names',
    kind: 'unknown',
    given: podWith(`securityContext:\n  capabilities:\n    add: [5, SYS_ADMIN]`),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        path: 'spec.containers[name=app].securityContext.capabilities.add[SYS_ADMIN]',
      },
      { result: 'unknown', reason: 'unparsable' },
    ],
  },
  {
    name: 'containers that are no list',
    kind: 'unknown',
    given: {
      manifests: `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  containers: {app: {privileged: true}}\n`,
    },
    expect: [{ result: 'unknown', reason: 'unparsable', path: 'spec.containers' }],
  },
  {
    name: 'several containers are one finding',
    kind: 'odd',
    given: {
      manifests: `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  initContainers:
    - name: one
      securityContext: {capabilities: {add: [NET_RAW, SYS_ADMIN, CHOWN]}}
  containers:
    - name: two
      securityContext: {capabilities: {add: [NET_ADMIN]}}
`,
    },
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        message:
          'container `one` adds NET_RAW; container `one` adds SYS_ADMIN; container `two` adds NET_ADMIN; container `one` adds CHOWN',
        path: 'spec.initContainers[name=one].securityContext.capabilities.add[SYS_ADMIN]',
        fix: 'patch',
      },
    ],
  },
])
