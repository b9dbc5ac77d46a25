import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podVolumeTypes } from './pod-volume-types.js'

checkTests(podVolumeTypes, [
  {
    name: 'nfs',
    kind: 'failing',
    given: podWith('', `volumes:\n  - name: data\n    nfs:\n      server: nas\n      path: /x`),
    expect: [
      { result: 'fail', severity: 'low', path: 'spec.volumes[name=data].nfs', line: 9, fix: 'advice' },
    ],
  },
  {
    name: 'a claim',
    kind: 'passing',
    given: podWith('', `volumes:\n  - name: data\n    persistentVolumeClaim: {claimName: x}`),
    expect: [],
  },
  {
    name: 'hostPath: another check speaks',
    kind: 'odd',
    given: podWith('', `volumes:\n  - name: data\n    hostPath:\n      path: /srv/data`),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith('', 'volumes: 3'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'a volume without a type becomes an emptyDir',
    kind: 'odd',
    given: podWith('', 'volumes:\n  - name: data\n  - name: tmp\n    emptyDir:'),
    expect: [],
  },
])
