import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from '../certificates/example-certificates.js'
import { etcdWith } from './example-etcd.js'
import { etcdSharedCa } from './etcd-shared-ca.js'

checkTests(etcdSharedCa, [
  {
    name: 'one authority in two files',
    kind: 'failing',
    given: etcdWith(
      {},
      {
        files: {
          '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
          '/etc/kubernetes/pki/etcd/ca.crt': CERTIFICATES.clusterCa,
        },
      },
    ),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        message: /is the authority in/,
        fix: 'advice',
        path: 'trusted-ca-file',
      },
    ],
  },
  {
    name: 'one for each',
    kind: 'passing',
    given: etcdWith(
      {},
      {
        files: {
          '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
          '/etc/kubernetes/pki/etcd/ca.crt': CERTIFICATES.etcdCa,
        },
      },
    ),
    expect: [],
  },
  {
    name: 'a bundle with both',
    kind: 'odd',
    given: etcdWith(
      {},
      {
        files: {
          '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
          '/etc/kubernetes/pki/etcd/ca.crt': CERTIFICATES.etcdCa + CERTIFICATES.clusterCa,
        },
      },
    ),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'no certificate is asked for',
    kind: 'odd',
    given: etcdWith({ 'trusted-ca-file': undefined }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'the file was not read',
    kind: 'unknown',
    given: etcdWith(),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
