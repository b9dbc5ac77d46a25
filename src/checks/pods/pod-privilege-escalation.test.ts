import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podPrivilegeEscalation } from './pod-privilege-escalation.js'

checkTests(podPrivilegeEscalation, [
  {
    name: 'unset',
    kind: 'failing',
    given: podWith(''),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.containers[name=app].securityContext.allowPrivilegeEscalation',
        line: 8,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'true',
    kind: 'failing',
    given: podWith(`securityContext:\n  allowPrivilegeEscalation: true`),
    expect: [{ result: 'fail', line: 11, fix: 'patch' }],
  },
  {
    name: 'false',
    kind: 'passing',
    given: podWith(`securityContext:\n  allowPrivilegeEscalation: false`),
    expect: [],
  },
  {
    name: 'privileged implies it: another check speaks',
    kind: 'odd',
    given: podWith(`securityContext:\n  privileged: true`),
    expect: [],
  },
  {
    name: 'beside SYS_ADMIN it cannot be set',
    kind: 'odd',
    given: podWith(`securityContext:\n  capabilities: {add: [SYS_ADMIN]}`),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'a text instead of a switch',
    kind: 'unknown',
    given: podWith(`securityContext:\n  allowPrivilegeEscalation: "no"`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'a container with SYS_ADMIN keeps all from being patched',
    kind: 'odd',
    given: {
      manifests: `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - {name: a, image: a}
    - {name: b, image: b, securityContext: {capabilities: {add: [SYS_ADMIN]}}}
`,
    },
    expect: [{ result: 'fail', fix: 'advice' }],
  },
])
