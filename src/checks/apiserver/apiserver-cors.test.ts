import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverCors } from './apiserver-cors.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverCors, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'everything',
    kind: 'failing',
    given: apiserverWith(['--cors-allowed-origins=.*']),
    expect: [
      { result: 'fail', severity: 'medium', message: 'every origin matches `.*`', line: 11, fix: 'patch' },
    ],
  },
  {
    name: 'everything among others',
    kind: 'failing',
    given: apiserverWith(['--cors-allowed-origins=^https://a\\.example$,https?://.*']),
    expect: [{ result: 'fail', message: 'every origin matches `https?://.*`', fix: 'patch' }],
  },
  {
    name: 'one origin',
    kind: 'passing',
    given: apiserverWith(['--cors-allowed-origins=^https://a\\.example(:443)?$']),
    expect: [],
  },
  { name: 'none', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'what every origin has',
    kind: 'odd',
    given: apiserverWith(['--cors-allowed-origins=//']),
    expect: [{ result: 'fail' }],
  },
])
