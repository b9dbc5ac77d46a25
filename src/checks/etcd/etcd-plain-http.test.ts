import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdWith } from './example-etcd.js'
import { etcdPlainHttp } from './etcd-plain-http.js'

checkTests(etcdPlainHttp, [
  {
    name: 'on every address',
    kind: 'failing',
    given: etcdWith({ 'listen-client-urls': 'http://0.0.0.0:2379' }),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        message: /has http:..0.0.0.0:2379/,
        fix: 'advice',
        path: 'listen-client-urls',
      },
    ],
  },
  {
    name: 'metrics to everybody',
    kind: 'failing',
    given: etcdWith({ 'listen-metrics-urls': 'http://0.0.0.0:2381' }),
    expect: [{ result: 'fail', severity: 'medium', message: /listen-metrics-urls/ }],
  },
  {
    name: 'the default of etcd itself',
    kind: 'failing',
    given: etcdWith({ 'listen-client-urls': undefined }),
    expect: [{ result: 'fail', severity: 'low', message: /http:..localhost:2379/ }],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'one of two',
    kind: 'odd',
    given: etcdWith({ 'listen-client-urls': 'https://10.0.0.1:2379,http://10.0.0.1:4001' }),
    expect: [{ result: 'fail', severity: 'critical', message: /has http:..10.0.0.1:4001/ }],
  },
  {
    name: 'a flag with one dash and a blank',
    kind: 'odd',
    given: { hosts: { 'cp-1': { processes: ['/usr/bin/etcd -listen-client-urls http://10.0.0.1:2379'] } } },
    expect: [{ result: 'fail', severity: 'critical' }, { result: 'unknown' }],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
