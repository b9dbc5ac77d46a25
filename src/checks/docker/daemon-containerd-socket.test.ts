import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonContainerdSocket } from './daemon-containerd-socket.js'
import { dockerdWith } from './example-dockerd.js'

checkTests(daemonContainerdSocket, [
  {
    name: 'everyone',
    kind: 'failing',
    given: dockerdWith('', '', { '/run/containerd/containerd.sock': { text: '', mode: 0o666 } }),
    expect: [{ result: 'fail', severity: 'high', fix: 'advice' }],
  },
  {
    name: 'a group',
    kind: 'failing',
    given: dockerdWith('', '', { '/run/containerd/containerd.sock': { text: '', mode: 0o660, gid: 998 } }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a group that may only read',
    kind: 'odd',
    given: dockerdWith('', '', { '/run/containerd/containerd.sock': { text: '', mode: 0o640, gid: 998 } }),
    expect: [],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: dockerdWith('', '', { '/run/containerd/containerd.sock': { text: '', mode: 0o660 } }),
    expect: [],
  },
  {
    name: 'not seen',
    kind: 'unknown',
    given: dockerdWith(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
