import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdDisableApparmor } from './containerd-disable-apparmor.js'
import { BROKEN, containerdWith, criV2, dockerAlone, importsUnread } from './example-containerd.js'

checkTests(containerdDisableApparmor, [
  {
    name: 'switched off',
    kind: 'failing',
    given: containerdWith(criV2('  disable_apparmor = true')),
    expect: [{ result: 'fail', severity: 'medium', line: 4 }],
  },
  { name: 'the default', kind: 'passing', given: containerdWith(criV2('')), expect: [] },
  {
    name: 'layout 3',
    kind: 'odd',
    given: containerdWith(
      'version = 3\n[plugins."io.containerd.cri.v1.runtime"]\n  disable_apparmor = true\n',
    ),
    expect: [{ result: 'fail', line: 3 }],
  },
  {
    name: 'layout 1',
    kind: 'odd',
    given: containerdWith('[plugins.cri]\n  disable_apparmor = true\n'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'k3s writes its file from a template',
    kind: 'odd',
    given: {
      hosts: {
        'node-1': {
          files: {
            '/var/lib/rancher/k3s/agent/etc/containerd/config.toml': criV2('  disable_apparmor = true'),
          },
        },
      },
    },
    expect: [
      { result: 'fail', fix: 'advice', file: '/var/lib/rancher/k3s/agent/etc/containerd/config.toml' },
    ],
  },
  {
    name: 'containerd 1 and 2 differ on a section in two files',
    kind: 'unknown',
    given: containerdWith(
      'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\n[plugins."io.containerd.grpc.v1.cri"]\n  disable_apparmor = true\n',
      { '/etc/containerd/conf.d/a.toml': criV2('  sandbox_image = "a"') },
    ),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
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
