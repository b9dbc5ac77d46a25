import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverRequestheader } from './apiserver-requestheader.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverRequestheader, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'no names',
    kind: 'failing',
    given: apiserverWith(['--requestheader-client-ca-file=/a/front.crt', '--client-ca-file=/a/ca.crt']),
    expect: [{ result: 'fail', severity: 'medium', path: 'requestheader-allowed-names', fix: 'advice' }],
  },
  {
    name: 'the authority of all clients',
    kind: 'failing',
    given: apiserverWith(['--requestheader-client-ca-file=/a/ca.crt', '--client-ca-file=/a/ca.crt']),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'names',
    kind: 'passing',
    given: apiserverWith(['--requestheader-client-ca-file=/a/ca.crt', '--requestheader-allowed-names=a']),
    expect: [],
  },
  { name: 'not used', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'a copy of the same authority',
    kind: 'odd',
    given: apiserverWith(
      ['--requestheader-client-ca-file=/etc/kubernetes/a.crt', '--client-ca-file=/etc/kubernetes/b.crt'],
      { files: { '/etc/kubernetes/a.crt': 'same', '/etc/kubernetes/b.crt': 'same' } },
    ),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'an empty list',
    kind: 'odd',
    given: apiserverWith(['--requestheader-client-ca-file=/a/front.crt', '--requestheader-allowed-names=']),
    expect: [{ result: 'fail', severity: 'medium', line: 12 }],
  },
])
