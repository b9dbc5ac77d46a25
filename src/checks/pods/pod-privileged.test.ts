import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn, podWith } from './example-pod.js'
import { podPrivileged } from './pod-privileged.js'

checkTests(podPrivileged, [
  {
    name: 'privileged',
    kind: 'failing',
    given: podWith(`securityContext:\n  privileged: true`),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        path: 'spec.containers[name=app].securityContext.privileged',
        line: 11,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'not privileged',
    kind: 'passing',
    given: podWith(`securityContext:\n  privileged: false`),
    expect: [],
  },
  {
    name: 'refused by the namespace itself',
    kind: 'odd',
    given: deploymentIn('baseline', `securityContext:\n  privileged: true`),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a text instead of a switch',
    kind: 'unknown',
    given: podWith(`securityContext:\n  privileged: "true"`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'a label that is no level refuses everything that restricted does',
    kind: 'odd',
    given: deploymentIn('strict', `securityContext:\n  privileged: true`),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a namespace that enforces nothing',
    kind: 'odd',
    given: deploymentIn('privileged', `securityContext:\n  privileged: true`),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: "a Tekton task's shared context",
    kind: 'odd',
    given: {
      manifests: `apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build, namespace: ci}
spec:
  stepTemplate:
    securityContext:
      privileged: true
  steps:
    - {name: a, image: a}
    - {name: b, image: b}
`,
    },
    expect: [{ result: 'fail', path: 'spec.stepTemplate.securityContext.privileged', line: 7 }],
  },
  {
    name: 'a workflow that patches its pods',
    kind: 'unknown',
    given: {
      manifests: `apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  podSpecPatch: '{"containers": []}'
  templates:
    - {name: run, container: {name: a, image: a}}
`,
    },
    expect: [{ result: 'unknown', reason: 'unparsable', path: 'spec.podSpecPatch', line: 5 }],
  },
])
