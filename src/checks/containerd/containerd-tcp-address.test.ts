import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdTcpAddress } from './containerd-tcp-address.js'
import { BROKEN, containerdWith, criV2, importsUnread } from './example-containerd.js'

checkTests(containerdTcpAddress, [
  {
    name: 'an open port that serves Kubernetes',
    kind: 'failing',
    given: containerdWith(
      'version = 2\n[grpc]\n  tcp_address = "0.0.0.0:10000"\n[plugins."io.containerd.grpc.v1.cri"]\n  disable_tcp_service = false\n',
    ),
    expect: [
      { result: 'fail', severity: 'critical', file: '/etc/containerd/config.toml', line: 3, fix: 'advice' },
    ],
  },
  { name: 'no address', kind: 'passing', given: containerdWith(criV2('')), expect: [] },
  {
    name: 'an empty address',
    kind: 'passing',
    given: containerdWith('version = 2\n[grpc]\n  tcp_address = ""\n'),
    expect: [],
  },
  {
    name: 'a port that serves nothing yet',
    kind: 'odd',
    given: containerdWith('version = 2\n[grpc]\n  tcp_address = ":10000"\n'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a loopback address',
    kind: 'odd',
    given: containerdWith(
      'version = 2\n[grpc]\n  tcp_address = "127.0.0.1:10000"\n[plugins."io.containerd.grpc.v1.cri"]\n  disable_tcp_service = false\n',
    ),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'client certificates are asked for',
    kind: 'odd',
    given: containerdWith(
      'version = 2\n[grpc]\n  tcp_address = "0.0.0.0:1"\n  tcp_tls_ca = "/etc/ca.pem"\n[plugins."io.containerd.grpc.v1.cri"]\n  disable_tcp_service = false\n',
    ),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'the service is on, without an address',
    kind: 'odd',
    given: containerdWith(criV2('  disable_tcp_service = false')),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'layout 3, from an imported file',
    kind: 'odd',
    given: containerdWith('version = 3\nimports = ["conf.d/*.toml"]\n', {
      '/etc/containerd/conf.d/a.toml':
        'version = 3\n[grpc]\n  tcp_address = ":9"\n[plugins."io.containerd.grpc.v1.cri"]\n  disable_tcp_service = false\n',
    }),
    expect: [{ result: 'fail', severity: 'critical', file: '/etc/containerd/conf.d/a.toml', line: 3 }],
  },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'an import was not read',
    kind: 'unknown',
    given: importsUnread(criV2('')),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
