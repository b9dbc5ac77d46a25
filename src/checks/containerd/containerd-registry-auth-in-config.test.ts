import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdRegistryAuthInConfig } from './containerd-registry-auth-in-config.js'
import { BROKEN, containerdWith, criV2, dockerAlone } from './example-containerd.js'

checkTests(containerdRegistryAuthInConfig, [
  {
    name: 'a password that everybody reads',
    kind: 'failing',
    given: containerdWith('', {
      '/etc/containerd/config.toml': {
        text: criV2(
          '[plugins."io.containerd.grpc.v1.cri".registry.configs."r.example".auth]\n  username = "node"\n  password = "example-of-one"',
        ),
        mode: 0o644,
      },
    }),
    expect: [{ result: 'fail', severity: 'medium', line: 6, fix: 'commands' }],
  },
  {
    name: 'root alone reads it',
    kind: 'passing',
    given: containerdWith('', {
      '/etc/containerd/config.toml': {
        text: criV2(
          '[plugins."io.containerd.grpc.v1.cri".registry.configs."r.example".auth]\n  username = "node"\n  password = "example-of-one"',
        ),
        mode: 0o600,
      },
    }),
    expect: [],
  },
  { name: 'no password', kind: 'passing', given: containerdWith(criV2('')), expect: [] },
  {
    name: 'a name without a password',
    kind: 'odd',
    given: containerdWith('', {
      '/etc/containerd/config.toml': {
        text: criV2(
          '[plugins."io.containerd.grpc.v1.cri".registry.configs."r.example".auth]\n  username = "node"',
        ),
        mode: 0o644,
      },
    }),
    expect: [],
  },
  {
    name: 'a password of a wrong type',
    kind: 'odd',
    given: containerdWith(criV2('[plugins."io.containerd.grpc.v1.cri".registry]\n  configs = [1]')),
    expect: [],
  },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
])
