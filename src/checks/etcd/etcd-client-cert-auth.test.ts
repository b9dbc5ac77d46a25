import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdOfK3s, etcdWith } from './example-etcd.js'
import { etcdClientCertAuth } from './etcd-client-cert-auth.js'

checkTests(etcdClientCertAuth, [
  {
    name: 'neither of the two flags',
    kind: 'failing',
    given: etcdWith({ 'client-cert-auth': undefined, 'trusted-ca-file': undefined }),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        message: /asked for on https:..10.0.0.1:2379/,
        fix: 'advice',
        path: 'client-cert-auth',
      },
    ],
  },
  {
    name: 'on loopback alone',
    kind: 'failing',
    given: etcdWith({
      'client-cert-auth': 'false',
      'trusted-ca-file': undefined,
      'listen-client-urls': 'https://127.0.0.1:2379',
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'k3s, whose file is all that counts',
    kind: 'failing',
    given: etcdOfK3s(
      'listen-client-urls: https://10.0.0.1:2379\nclient-transport-security:\n  cert-file: /a\n  key-file: /b\n',
    ),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'the CA alone makes certificates required',
    kind: 'odd',
    given: etcdWith({ 'client-cert-auth': 'false' }),
    expect: [],
  },
  {
    name: 'plain http is for another check',
    kind: 'odd',
    given: etcdWith({
      'client-cert-auth': undefined,
      'trusted-ca-file': undefined,
      'listen-client-urls': 'http://127.0.0.1:2379',
    }),
    expect: [],
  },
  {
    name: 'k3s as it is',
    kind: 'odd',
    given: etcdOfK3s(
      'listen-client-urls: https://127.0.0.1:2379,https://10.0.0.1:2379\nclient-transport-security:\n  cert-file: /a\n  client-cert-auth: true\n  key-file: /b\n  trusted-ca-file: /c\n',
    ),
    expect: [],
  },
  {
    name: 'the environment, which flags leave',
    kind: 'odd',
    given: {
      hosts: {
        'cp-1': {
          files: {
            '/etc/etcd.env': 'ETCD_CLIENT_CERT_AUTH=true\nETCD_LISTEN_CLIENT_URLS=https://10.0.0.1:2379\n',
            '/etc/systemd/system/etcd.service':
              '[Service]\nEnvironmentFile=/etc/etcd.env\nExecStart=/usr/local/bin/etcd\n',
          },
        },
      },
    },
    expect: [],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
