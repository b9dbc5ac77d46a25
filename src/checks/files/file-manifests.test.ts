import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { fileManifests } from './file-manifests.js'

checkTests(fileManifests, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o666 } }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
        fix: 'commands',
        message: /0666 root:root: everyone may write it/,
      },
    ],
  },
  {
    name: 'a user owns it',
    kind: 'failing',
    given: hostWith({
      '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o600, uid: 1000 },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
        fix: 'commands',
        message: /user alice owns it/,
      },
    ],
  },
  {
    name: 'a group may write it',
    kind: 'failing',
    given: hostWith({
      '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o660, gid: 1001 },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
        fix: 'commands',
        message: /group ops may write it/,
      },
    ],
  },
  {
    name: 'everyone may read flags that name no secret',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: 'kind: Pod', mode: 0o644 } }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
        fix: 'commands',
        message: /may read it/,
      },
    ],
  },
  {
    name: 'everyone may read a token in it',
    kind: 'failing',
    given: hostWith({
      '/etc/kubernetes/manifests/kube-apiserver.yaml': {
        text: 'args:\n- --token=abcdef-abcdef\n',
        mode: 0o644,
      },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
        fix: 'commands',
      },
    ],
  },
  {
    name: 'as kubeadm writes it',
    kind: 'passing',
    given: hostWith({ '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o600 } }),
    expect: [],
  },
  {
    name: 'the folder, where no kubelet was seen',
    kind: 'odd',
    given: hostWith({
      '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o600 },
      '/etc/kubernetes/manifests/': { text: '', mode: 0o777 },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/manifests',
        fix: 'commands',
        message: /may replace what is in it/,
      },
    ],
  },
  {
    name: 'a link is judged as what it points at',
    kind: 'odd',
    given: hostWith({
      '/etc/kubernetes/manifests/kube-apiserver.yaml': { link: '/srv/api.yaml' },
      '/srv/api.yaml': { text: '', mode: 0o666 },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
        fix: 'commands',
      },
    ],
  },
  {
    name: 'a link into a folder that others may write',
    kind: 'odd',
    given: hostWith({
      '/etc/kubernetes/manifests/kube-apiserver.yaml': { link: '/srv/api.yaml' },
      '/srv/': { text: '', mode: 0o777 },
      '/srv/api.yaml': { text: '', mode: 0o600 },
    }),
    expect: [{ result: 'fail', severity: 'high', path: '/srv', fix: 'commands' }],
  },
  {
    name: 'the mode is wider than root alone needs',
    kind: 'odd',
    given: hostWith({ '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o640 } }),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
        fix: 'commands',
      },
    ],
  },
  {
    name: 'a host without static pods',
    kind: 'odd',
    given: hostWith({}),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o666 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
