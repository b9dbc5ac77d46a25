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
    name: 'public files, read-only',
    kind: 'odd',
    given: podWith(
      `volumeMounts: [{name: data, mountPath: /etc/localtime, readOnly: true}]`,
      `volumes:\n  - name: data\n    hostPath:\n      path: /etc/localtime`,
    ),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'public files that the pod may write',
    kind: 'odd',
    given: podWith(
      `volumeMounts: [{name: data, mountPath: /certs}]`,
      `volumes:\n  - name: data\n    hostPath:\n      path: /etc/ssl/certs`,
    ),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a place that another check names',
    kind: 'odd',
    given: podWith(
      `volumeMounts: [{name: data, mountPath: /certs, readOnly: true}]`,
      `volumes:\n  - name: data\n    hostPath:\n      path: /etc/ssl/certs/../../shadow`,
    ),
    expect: [],
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
