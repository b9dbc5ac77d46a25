import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverEtcdTls } from './apiserver-etcd-tls.js'
import { apiserverWith } from './example-apiserver.js'

const PAIR = ['--etcd-certfile=/a.crt', '--etcd-keyfile=/a.key']

checkTests(apiserverEtcdTls, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'plain HTTP',
    kind: 'failing',
    given: apiserverWith(['--etcd-servers=http://10.0.0.1:2379', ...PAIR]),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        message: '`http://10.0.0.1:2379` is asked over plain HTTP',
        path: 'etcd-servers',
        line: 11,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'no certificate',
    kind: 'failing',
    given: apiserverWith(['--etcd-servers=https://10.0.0.1:2379']),
    expect: [{ result: 'fail', path: 'etcd-certfile' }],
  },
  {
    name: 'no key',
    kind: 'failing',
    given: apiserverWith(['--etcd-servers=https://10.0.0.1:2379', '--etcd-certfile=/a.crt']),
    expect: [{ result: 'fail', message: '`--etcd-keyfile` is not given', path: 'etcd-keyfile' }],
  },
  {
    name: 'TLS with a certificate',
    kind: 'passing',
    given: apiserverWith(['--etcd-servers=https://10.0.0.1:2379,https://10.0.0.2:2379', ...PAIR]),
    expect: [],
  },
  {
    name: 'events go to another etcd',
    kind: 'odd',
    given: apiserverWith([
      '--etcd-servers=https://10.0.0.1:2379',
      '--etcd-servers-overrides=/events#http://10.0.0.9:2379;https://10.0.0.8:2379',
      ...PAIR,
    ]),
    expect: [
      {
        result: 'fail',
        message: '`http://10.0.0.9:2379` is asked over plain HTTP',
        path: 'etcd-servers-overrides',
      },
    ],
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
