import { checkTests } from '../../../test/kit/check-tests.js'
import { etcdWith } from './example-etcd.js'
import { etcdVersion } from './etcd-version.js'

checkTests(etcdVersion, [
  {
    name: '3.4',
    kind: 'failing',
    given: etcdWith({}, { version: '3.4.13-0' }),
    expect: [
      { result: 'fail', severity: 'medium', message: /etcd is 3.4.13/, fix: 'advice', path: 'version' },
    ],
  },
  { name: '3.6', kind: 'passing', given: etcdWith(), expect: [] },
  { name: '3.5', kind: 'passing', given: etcdWith({}, { version: '3.5.24-0' }), expect: [] },
  {
    name: 'in the path of the program',
    kind: 'odd',
    given: { hosts: { 'cp-1': { processes: ['/opt/etcd-v3.3.10/etcd --name=a'] } } },
    expect: [{ result: 'fail', severity: 'medium', message: /3.3.10/ }],
  },
  {
    name: 'nothing says it',
    kind: 'unknown',
    given: etcdWith({}, { version: 'latest' }),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
