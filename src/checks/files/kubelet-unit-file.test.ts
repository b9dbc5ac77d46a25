import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { kubeletUnitFile } from './kubelet-unit-file.js'

checkTests(kubeletUnitFile, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({ '/usr/lib/systemd/system/kubelet.service': { text: '[Service]', mode: 0o666 } }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/usr/lib/systemd/system/kubelet.service',
        fix: 'commands',
      },
    ],
  },
  {
    name: 'everyone may read the token of a cluster',
    kind: 'failing',
    given: hostWith({
      '/etc/systemd/system/k3s.service.env': { text: 'K3S_TOKEN=abcdef-abcdef', mode: 0o644 },
      '/etc/systemd/system/k3s.service': { text: '', mode: 0o600 },
    }),
    expect: [
      { result: 'fail', severity: 'medium', path: '/etc/systemd/system/k3s.service.env', fix: 'commands' },
    ],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({ '/usr/lib/systemd/system/kubelet.service': { text: '[Service]', mode: 0o600 } }),
    expect: [],
  },
  {
    name: 'as packages ship it',
    kind: 'odd',
    given: hostWith({ '/usr/lib/systemd/system/kubelet.service': { text: '[Service]', mode: 0o644 } }),
    expect: [
      { result: 'fail', severity: 'low', path: '/usr/lib/systemd/system/kubelet.service', fix: 'commands' },
    ],
  },
  {
    name: 'the folder of its drop-ins',
    kind: 'odd',
    given: hostWith({
      '/usr/lib/systemd/system/kubelet.service': { text: '[Service]', mode: 0o600 },
      '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf': { text: '[Service]', mode: 0o600 },
      '/etc/systemd/system/kubelet.service.d/': { text: '', mode: 0o777 },
    }),
    expect: [
      { result: 'fail', severity: 'medium', path: '/etc/systemd/system/kubelet.service.d', fix: 'commands' },
    ],
  },
  {
    name: 'a host without a kubelet',
    kind: 'odd',
    given: hostWith({}),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/usr/lib/systemd/system/kubelet.service': { text: '[Service]', mode: 0o644 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
