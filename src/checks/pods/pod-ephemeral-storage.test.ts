import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podEphemeralStorage } from './pod-ephemeral-storage.js'

const READ_ONLY =
  'securityContext: {readOnlyRootFilesystem: true}\nvolumeMounts: [{name: tmp, mountPath: /tmp}]'

checkTests(podEphemeralStorage, [
  {
    name: 'no limit',
    kind: 'failing',
    given: podWith(''),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'spec.containers[name=app].resources.limits.ephemeral-storage',
      },
    ],
  },
  {
    name: 'a limit',
    kind: 'passing',
    given: podWith('resources: {limits: {ephemeral-storage: 1Gi}}'),
    expect: [],
  },
  {
    name: 'nothing to write to but a folder of limited size',
    kind: 'odd',
    given: podWith(READ_ONLY, 'volumes: [{name: tmp, emptyDir: {sizeLimit: 1Gi}}]'),
    expect: [],
  },
  {
    name: 'a folder without a limit',
    kind: 'odd',
    given: podWith(READ_ONLY, 'volumes: [{name: tmp, emptyDir: {}}]'),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'another type',
    kind: 'unknown',
    given: podWith('resources: {limits: 5}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
