import { checkTests } from '../../../test/kit/check-tests.js'
import type { HostInput } from '../../model/index.js'
import { hostWith } from './example-files.js'
import { fileSuperAdmin } from './file-super-admin.js'

const PATH = '/etc/kubernetes/super-admin.conf'
const FILE = { [PATH]: { text: '', mode: 0o600 } }
const CONTROL_PLANE: HostInput = { files: FILE, processes: ['/usr/bin/kubelet', '/usr/bin/kube-apiserver'] }

checkTests(fileSuperAdmin, [
  {
    name: 'on a worker',
    kind: 'failing',
    given: hostWith(FILE, ['/usr/bin/kubelet']),
    expect: [
      { result: 'fail', severity: 'high', path: PATH, fix: 'advice', message: /runs no control plane/ },
    ],
  },
  {
    name: 'on the second of two control-plane nodes',
    kind: 'failing',
    given: { hosts: { 'cp-1': CONTROL_PLANE, 'cp-2': CONTROL_PLANE } },
    expect: [{ result: 'fail', severity: 'high', message: /the first of it is on cp-1/ }],
  },
  {
    name: 'on the one control-plane node',
    kind: 'passing',
    given: { hosts: { 'cp-1': CONTROL_PLANE } },
    expect: [],
  },
  {
    name: 'a host without kubeadm',
    kind: 'odd',
    given: hostWith({}),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a copy with the file: that it is there is known without its mode',
    kind: 'odd',
    given: { hosts: { 'node-1': { files: { [PATH]: '' }, copied: true } } },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a copy without the file',
    kind: 'unknown',
    given: { hosts: { 'node-1': { files: { '/var/lib/kubelet/kubeadm-flags.env': '' }, copied: true } } },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
