import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { kubeletConfig } from './kubelet-config.js'

checkTests(kubeletConfig, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({ '/var/lib/kubelet/config.yaml': { text: 'kind: KubeletConfiguration', mode: 0o666 } }),
    expect: [{ result: 'fail', severity: 'medium', path: '/var/lib/kubelet/config.yaml', fix: 'commands' }],
  },
  {
    name: 'a group may write a drop-in',
    kind: 'failing',
    given: hostWith({
      '/etc/kubernetes/kubelet/config.json.d/40-nodeadm.conf': {
        text: '{"kind": "KubeletConfiguration"}',
        mode: 0o620,
        gid: 1001,
      },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/kubelet/config.json.d/40-nodeadm.conf',
        fix: 'commands',
      },
    ],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({ '/var/lib/kubelet/config.yaml': { text: 'kind: KubeletConfiguration', mode: 0o600 } }),
    expect: [],
  },
  {
    name: 'as kubeadm writes it',
    kind: 'odd',
    given: hostWith({ '/var/lib/kubelet/config.yaml': { text: 'kind: KubeletConfiguration', mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'low', path: '/var/lib/kubelet/config.yaml', fix: 'commands' }],
  },
  {
    name: 'the folder of the file',
    kind: 'odd',
    given: hostWith({
      '/var/lib/kubelet/config.yaml': { text: 'kind: KubeletConfiguration', mode: 0o600 },
      '/var/lib/kubelet/': { text: '', mode: 0o757 },
    }),
    expect: [{ result: 'fail', severity: 'medium', path: '/var/lib/kubelet', fix: 'commands' }],
  },
  {
    name: 'a kubelet of flags alone',
    kind: 'odd',
    given: hostWith({}, ['/usr/bin/kubelet --anonymous-auth=false']),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/var/lib/kubelet/config.yaml': { text: 'kind: KubeletConfiguration', mode: 0o644 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
