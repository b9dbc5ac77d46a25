import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith, KUBECONFIG_WITH_FILES, KUBECONFIG_WITH_TOKEN } from './example-files.js'
import { fileKubeconfigs } from './file-kubeconfigs.js'

checkTests(fileKubeconfigs, [
  {
    name: 'everyone may read the credential',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/admin.conf',
        fix: 'commands',
        message: /0644 root:root: everyone may read it/,
      },
    ],
  },
  {
    name: 'a group may read it',
    kind: 'failing',
    given: hostWith({
      '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o640, gid: 1001 },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/admin.conf',
        fix: 'commands',
        message: /group ops may read it/,
      },
    ],
  },
  {
    name: 'the kubeconfig of k3s, opened by its own option',
    kind: 'failing',
    given: hostWith({ '/etc/rancher/k3s/k3s.yaml': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/rancher/k3s/k3s.yaml', fix: 'commands' }],
  },
  {
    name: 'a kubeconfig of another name that a flag names',
    kind: 'failing',
    given: hostWith({ '/srv/scheduler.kubeconfig': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }, [
      '/usr/bin/kube-scheduler --kubeconfig=/srv/scheduler.kubeconfig',
    ]),
    expect: [{ result: 'fail', severity: 'high', path: '/srv/scheduler.kubeconfig', fix: 'commands' }],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({ '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o600 } }),
    expect: [],
  },
  {
    name: 'the credential is in other files',
    kind: 'odd',
    given: hostWith({ '/etc/kubernetes/scheduler.conf': { text: KUBECONFIG_WITH_FILES, mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'low', path: '/etc/kubernetes/scheduler.conf', fix: 'commands' }],
  },
  {
    name: 'the folder above',
    kind: 'odd',
    given: hostWith({
      '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o600 },
      '/etc/kubernetes/': { text: '', mode: 0o775, gid: 1001 },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes',
        fix: 'commands',
        message: /group ops may write it and may replace/,
      },
    ],
  },
  {
    name: 'the group of root has a member',
    kind: 'odd',
    given: hostWith({
      '/etc/group': 'root:x:0:alice',
      '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o640 },
    }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/kubernetes/admin.conf', fix: 'commands' }],
  },
  {
    name: 'a home is its owner\\u2019s own',
    kind: 'odd',
    given: hostWith({ '/home/alice/.kube/config': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644, uid: 1000 } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
