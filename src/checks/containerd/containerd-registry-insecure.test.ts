import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdRegistryInsecure } from './containerd-registry-insecure.js'
import { containerdWith, criV2, dockerAlone } from './example-containerd.js'

checkTests(containerdRegistryInsecure, [
  {
    name: 'skip_verify',
    kind: 'failing',
    given: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      {
        '/etc/containerd/certs.d/r.example/hosts.toml': '[host."https://r.example"]\n  skip_verify = true\n',
      },
    ),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        file: '/etc/containerd/certs.d/r.example/hosts.toml',
        line: 2,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a server without TLS',
    kind: 'failing',
    given: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      { '/etc/containerd/certs.d/r.example/hosts.toml': 'server = "http://r.example"\n' },
    ),
    expect: [{ result: 'fail', severity: 'high', line: 1 }],
  },
  {
    name: 'the older setting',
    kind: 'failing',
    given: containerdWith(
      criV2(
        '  [plugins."io.containerd.grpc.v1.cri".registry.configs."r.example".tls]\n    insecure_skip_verify = true',
      ),
    ),
    expect: [{ result: 'fail', severity: 'high', line: 5 }],
  },
  {
    name: 'verified',
    kind: 'passing',
    given: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      { '/etc/containerd/certs.d/r.example/hosts.toml': 'server = "https://r.example"\n' },
    ),
    expect: [],
  },
  { name: 'nothing set', kind: 'passing', given: containerdWith(criV2('')), expect: [] },
  {
    name: 'a mirror on the host itself',
    kind: 'odd',
    given: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      { '/etc/containerd/certs.d/_default/hosts.toml': '[host."http://127.0.0.1:5000"]\n' },
    ),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a file outside of the folder',
    kind: 'odd',
    given: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      { '/etc/containerd/other/r.example/hosts.toml': 'server = "http://r.example"\n' },
    ),
    expect: [],
  },
  {
    name: 'layout 3',
    kind: 'odd',
    given: containerdWith(
      'version = 3\n[plugins."io.containerd.cri.v1.images".registry]\n  config_path = "/etc/containerd/certs.d"\n',
      {
        '/etc/containerd/certs.d/r.example/hosts.toml': '[host."https://r.example"]\n  skip_verify = true\n',
      },
    ),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'an older mirror without TLS',
    kind: 'odd',
    given: containerdWith(
      criV2(
        '  [plugins."io.containerd.grpc.v1.cri".registry.mirrors."r.example"]\n    endpoint = ["http://r.example"]',
      ),
    ),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'hosts.toml cannot be parsed',
    kind: 'unknown',
    given: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      { '/etc/containerd/certs.d/r.example/hosts.toml': '[host\n' },
    ),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
])
