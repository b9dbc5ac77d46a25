import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podRuntimeSocket } from './pod-runtime-socket.js'

const mounted = (path: string): string => `volumes:\n  - name: data\n    hostPath:\n      path: ${path}`

checkTests(podRuntimeSocket, [
  {
    name: 'the socket of Docker',
    kind: 'failing',
    given: podWith('', mounted('/var/run/docker.sock')),
    expect: [
      { result: 'fail', severity: 'critical', path: 'spec.volumes[name=data].hostPath', fix: 'advice' },
    ],
  },
  {
    name: 'a folder above it, read-only',
    kind: 'failing',
    given: podWith('volumeMounts: [{name: data, mountPath: /host/run, readOnly: true}]', mounted('/run')),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'a part of that folder without the socket',
    kind: 'odd',
    given: podWith('volumeMounts: [{name: data, mountPath: /host/run, subPath: udev}]', mounted('/run')),
    expect: [],
  },
  {
    name: 'another folder',
    kind: 'passing',
    given: podWith('', mounted('/srv/data')),
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: podWith('', mounted('[1]')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
