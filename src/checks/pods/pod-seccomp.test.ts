import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podSeccomp } from './pod-seccomp.js'

checkTests(podSeccomp, [
  {
    name: 'Unconfined',
    kind: 'failing',
    given: podWith(`securityContext:\n  seccompProfile:\n    type: Unconfined`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.containers[name=app].securityContext.seccompProfile.type',
        line: 12,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'unset',
    kind: 'failing',
    given: podWith(''),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch' }],
  },
  {
    name: "the pod's profile holds for its containers",
    kind: 'passing',
    given: podWith('', `securityContext:\n  seccompProfile:\n    type: RuntimeDefault`),
    expect: [],
  },
  { name: 'Windows has none', kind: 'odd', given: podWith('', 'os: {name: windows}'), expect: [] },
  {
    name: 'a switch instead of a name',
    kind: 'unknown',
    given: podWith(`securityContext:\n  seccompProfile:\n    type: true`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'a text where the profile belongs, on the pod',
    kind: 'unknown',
    given: podWith('', 'securityContext:\n  seccompProfile: RuntimeDefault'),
    expect: [{ result: 'unknown', reason: 'unparsable', path: 'spec.securityContext.seccompProfile' }],
  },
  {
    name: 'a Tekton task has no place for the whole pod',
    kind: 'odd',
    given: {
      manifests: `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: build, namespace: ci}\nspec:\n  steps:\n    - {name: a, image: a}\n`,
    },
    expect: [{ result: 'fail', severity: 'low', fix: 'advice' }],
  },
])
