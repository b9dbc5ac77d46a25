import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podHostPath } from './pod-host-path.js'

checkTests(podHostPath, [
  {
    name: 'a folder',
    kind: 'failing',
    given: podWith('', `volumes:\n  - name: data\n    hostPath:\n      path: /srv/data`),
    expect: [
      { result: 'fail', severity: 'high', path: 'spec.volumes[name=data].hostPath', line: 9, fix: 'advice' },
    ],
  },
  {
    name: 'an emptyDir',
    kind: 'passing',
    given: podWith('', `volumes:\n  - name: data\n    emptyDir: {}`),
    expect: [],
  },
  {
    name: 'an empty hostPath',
    kind: 'odd',
    given: podWith('', `volumes:\n  - name: data\n    hostPath: {}`),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith('', 'volumes: {data: hostPath}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
