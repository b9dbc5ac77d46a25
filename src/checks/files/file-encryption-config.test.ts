import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { fileEncryptionConfig } from './file-encryption-config.js'

checkTests(fileEncryptionConfig, [
  {
    name: 'everyone may read it',
    kind: 'failing',
    given: hostWith(
      {
        '/etc/kubernetes/enc/enc.yaml': {
          text: 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: []\n',
          mode: 0o644,
        },
      },
      ['/usr/bin/kube-apiserver --encryption-provider-config=/etc/kubernetes/enc/enc.yaml'],
    ),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/kubernetes/enc/enc.yaml', fix: 'commands' }],
  },
  {
    name: 'a group may read it',
    kind: 'failing',
    given: hostWith(
      {
        '/etc/kubernetes/enc/enc.yaml': {
          text: 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: []\n',
          mode: 0o640,
          gid: 1001,
        },
      },
      ['/usr/bin/kube-apiserver --encryption-provider-config=/etc/kubernetes/enc/enc.yaml'],
    ),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/kubernetes/enc/enc.yaml', fix: 'commands' }],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith(
      {
        '/etc/kubernetes/enc/enc.yaml': {
          text: 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: []\n',
          mode: 0o600,
        },
      },
      ['/usr/bin/kube-apiserver --encryption-provider-config=/etc/kubernetes/enc/enc.yaml'],
    ),
    expect: [],
  },
  {
    name: 'that of k3s',
    kind: 'odd',
    given: hostWith({
      '/var/lib/rancher/k3s/server/cred/encryption-config.json': {
        text: '{"kind":"EncryptionConfiguration"}',
        mode: 0o644,
      },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/var/lib/rancher/k3s/server/cred/encryption-config.json',
        fix: 'commands',
      },
    ],
  },
  { name: 'nothing is encrypted', kind: 'odd', given: hostWith({}), expect: [{ result: 'notApplicable' }] },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/var/lib/rancher/k3s/server/cred/encryption-config.json': '{}' }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
