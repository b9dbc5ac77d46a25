import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverEtcdCa } from './apiserver-etcd-ca.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverEtcdCa, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'not given',
    kind: 'failing',
    given: apiserverWith(['--etcd-servers=https://10.0.0.1:2379']),
    expect: [{ result: 'fail', severity: 'high', path: 'etcd-cafile', fix: 'advice' }],
  },
  {
    name: 'given',
    kind: 'passing',
    given: apiserverWith(['--etcd-servers=https://10.0.0.1:2379', '--etcd-cafile=/ca.crt']),
    expect: [],
  },
  {
    name: 'a local socket',
    kind: 'odd',
    given: apiserverWith(['--etcd-servers=unix:///run/kine.sock']),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'no servers',
    kind: 'unknown',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
