import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverTokenAuthFile } from './apiserver-token-auth-file.js'
import { apiserverProcess, apiserverWith } from './example-apiserver.js'

checkTests(apiserverTokenAuthFile, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'given',
    kind: 'failing',
    given: apiserverWith(['--v=2', '--token-auth-file=/etc/kubernetes/tokens.csv']),
    expect: [{ result: 'fail', severity: 'high', path: 'token-auth-file', line: 12, fix: 'advice' }],
  },
  { name: 'not given', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'given without a value',
    kind: 'odd',
    given: apiserverWith(['--token-auth-file=']),
    expect: [],
  },
  {
    name: 'a process whose files were not read',
    kind: 'odd',
    given: apiserverProcess(['--token_auth_file', '/etc/tokens.csv']),
    expect: [{ result: 'fail', message: 'tokens of `/etc/tokens.csv` are accepted' }],
  },
])
