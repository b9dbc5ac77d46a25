import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { kubeletCa } from './kubelet-ca.js'

checkTests(kubeletCa, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({
      '/var/lib/kubelet/config.yaml': {
        text: 'kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
        mode: 0o600,
      },
      '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o666 },
    }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/kubernetes/pki/ca.crt', fix: 'commands' }],
  },
  {
    name: 'the API server trusts it too',
    kind: 'failing',
    given: hostWith(
      {
        '/var/lib/kubelet/config.yaml': {
          text: 'kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
          mode: 0o600,
        },
        '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o666 },
      },
      ['/usr/bin/kube-apiserver'],
    ),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/kubernetes/pki/ca.crt', fix: 'commands' }],
  },
  {
    name: 'the file that a flag names',
    kind: 'failing',
    given: hostWith({ '/srv/ca.crt': { text: '', mode: 0o664, gid: 1001 } }, [
      '/usr/bin/kubelet --client-ca-file=/srv/ca.crt',
    ]),
    expect: [{ result: 'fail', severity: 'medium', path: '/srv/ca.crt', fix: 'commands' }],
  },
  {
    name: 'readable by all, writable by root',
    kind: 'passing',
    given: hostWith({
      '/var/lib/kubelet/config.yaml': {
        text: 'kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
        mode: 0o600,
      },
      '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o644 },
    }),
    expect: [],
  },
  {
    name: 'a user owns it',
    kind: 'odd',
    given: hostWith({
      '/var/lib/kubelet/config.yaml': {
        text: 'kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
        mode: 0o600,
      },
      '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o644, uid: 1000 },
    }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/kubernetes/pki/ca.crt', fix: 'commands' }],
  },
  { name: 'no file is named', kind: 'odd', given: hostWith({}), expect: [{ result: 'notApplicable' }] },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({
      '/var/lib/kubelet/config.yaml': {
        text: 'kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
        mode: 0o600,
      },
      '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o644 },
    }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
