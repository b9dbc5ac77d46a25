import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podMisplacedSecurityField } from './pod-misplaced-security-field.js'

const BESIDE = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  securityContext:
    runAsNonRoot: true
  template:
    spec:
      containers: [{name: app, image: a}]
`

checkTests(podMisplacedSecurityField, [
  {
    name: 'capabilities of a pod',
    kind: 'failing',
    given: podWith('', 'securityContext:\n  capabilities:\n    drop: [ALL]'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.securityContext.capabilities',
        line: 8,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'where it belongs',
    kind: 'passing',
    given: podWith('securityContext:\n  privileged: false'),
    expect: [],
  },
  {
    name: 'beside the template',
    kind: 'odd',
    given: { manifests: BESIDE },
    expect: [{ result: 'fail', path: 'spec.securityContext', line: 5 }],
  },
  {
    name: 'a text instead of a mapping',
    kind: 'unknown',
    given: podWith('', 'securityContext: hardened'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'a field of the pod in a container',
    kind: 'odd',
    given: podWith('securityContext:\n  fsGroup: 1000'),
    expect: [{ result: 'fail', path: 'spec.containers[name=app].securityContext.fsGroup', line: 11 }],
  },
  {
    name: 'a custom resource may have a field of that name',
    kind: 'odd',
    given: { manifests: BESIDE.replace('apps/v1', 'acme.example/v1').replace('Deployment', 'App') },
    expect: [],
  },
])
