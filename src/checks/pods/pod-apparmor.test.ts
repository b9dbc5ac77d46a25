import { checkTests } from '../../../test/kit/check-tests.js'
import { HARDENED, podWith } from './example-pod.js'
import { podApparmor } from './pod-apparmor.js'

checkTests(podApparmor, [
  {
    name: 'Unconfined',
    kind: 'failing',
    given: podWith(`securityContext:\n  appArmorProfile:\n    type: Unconfined`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.containers[name=app].securityContext.appArmorProfile.type',
        line: 12,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'unset',
    kind: 'passing',
    given: podWith(HARDENED),
    expect: [],
  },
  {
    name: 'by the old annotation',
    kind: 'odd',
    given: {
      manifests: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/app: unconfined\nspec:\n  containers: [{name: app, image: a}]`,
    },
    expect: [{ result: 'fail', line: 6, fix: 'patch' }],
  },
  {
    name: 'a number instead of a name',
    kind: 'unknown',
    given: podWith(`securityContext:\n  appArmorProfile:\n    type: 5`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
