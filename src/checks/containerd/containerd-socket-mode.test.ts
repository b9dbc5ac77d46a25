import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdSocketMode } from './containerd-socket-mode.js'
import { containerdWith } from './example-containerd.js'

checkTests(containerdSocketMode, [
  {
    name: 'everyone may write',
    kind: 'failing',
    given: containerdWith('version = 2\n', { '/run/containerd/containerd.sock': { text: '', mode: 0o666 } }),
    expect: [{ result: 'fail', severity: 'high', path: '/run/containerd/containerd.sock' }],
  },
  {
    name: 'a group with people',
    kind: 'failing',
    given: containerdWith('', {
      '/run/containerd/containerd.sock': { text: '', mode: 0o660, gid: 990 },
      '/etc/group': 'ops:x:990:alice,bob\n',
    }),
    expect: [{ result: 'fail', message: /ops \(alice, bob\)/ }],
  },
  { name: 'root alone', kind: 'passing', given: containerdWith('version = 2\n'), expect: [] },
  {
    name: 'a group without people',
    kind: 'passing',
    given: containerdWith('', {
      '/run/containerd/containerd.sock': { text: '', mode: 0o660, gid: 990 },
      '/etc/group': 'ops:x:990:\n',
    }),
    expect: [],
  },
  {
    name: 'a socket that the file names',
    kind: 'odd',
    given: containerdWith('[grpc]\naddress = "/run/site.sock"\n', {
      '/run/site.sock': { text: '', mode: 0o777 },
    }),
    expect: [{ result: 'fail', path: '/run/site.sock' }],
  },
  {
    name: 'the socket was not seen',
    kind: 'unknown',
    given: { hosts: { 'node-1': { files: { '/etc/containerd/config.toml': '' } } } },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
