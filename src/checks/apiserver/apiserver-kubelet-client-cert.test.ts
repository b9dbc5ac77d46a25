import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverKubeletClientCert } from './apiserver-kubelet-client-cert.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverKubeletClientCert, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'neither',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'high', path: 'kubelet-client-key', fix: 'advice' }],
  },
  {
    name: 'the key is missing',
    kind: 'failing',
    given: apiserverWith(['--kubelet-client-certificate=/a.crt']),
    expect: [{ result: 'fail', message: '`--kubelet-client-key` is not given', path: 'kubelet-client-key' }],
  },
  {
    name: 'both',
    kind: 'passing',
    given: apiserverWith(['--kubelet-client-certificate=/a.crt', '--kubelet-client-key=/a.key']),
    expect: [],
  },
  {
    name: 'one is empty',
    kind: 'odd',
    given: apiserverWith(['--kubelet-client-certificate=', '--kubelet-client-key=/a.key']),
    expect: [{ result: 'fail', path: 'kubelet-client-certificate', line: 11 }],
  },
])
