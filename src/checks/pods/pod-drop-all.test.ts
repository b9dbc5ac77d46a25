import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podDropAll } from './pod-drop-all.js'

checkTests(podDropAll, [
  {
    name: 'nothing dropped',
    kind: 'failing',
    given: podWith(''),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'spec.containers[name=app].securityContext.capabilities.drop',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'ALL',
    kind: 'passing',
    given: podWith(`securityContext:\n  capabilities:\n    drop: [ALL]`),
    expect: [],
  },
  {
    name: 'all in small letters',
    kind: 'odd',
    given: podWith(`securityContext:\n  capabilities:\n    drop: [all]`),
    expect: [{ result: 'fail', message: /runtimes take it/ }],
  },
  {
    name: 'a text instead of a list',
    kind: 'unknown',
    given: podWith(`securityContext:\n  capabilities:\n    drop: ALL`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'the mirror of a static pod is changed on its node',
    kind: 'odd',
    given: {
      manifests: `apiVersion: v1
kind: Pod
metadata:
  name: agent-node-1
  namespace: shop
  annotations: {kubernetes.io/config.mirror: abc}
spec:
  containers: [{name: a, image: a}]
`,
    },
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'a pod whose controller was not read is changed there',
    kind: 'odd',
    given: {
      manifests: `apiVersion: v1
kind: Pod
metadata:
  name: web-1-a
  namespace: shop
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, controller: true}]
spec:
  containers: [{name: a, image: a}]
`,
    },
    expect: [{ result: 'fail', fix: 'advice' }],
  },
])
