import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverGoaway } from './apiserver-goaway.js'
import { apiserverWith } from './example-apiserver.js'
import { twoApiservers } from './example-two-apiservers.js'

checkTests(apiserverGoaway, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'two API servers, none sends away',
    kind: 'failing',
    given: twoApiservers(['--goaway-chance=0']),
    expect: [
      { result: 'fail', severity: 'info', path: 'goaway-chance', line: 11, fix: 'advice' },
      { result: 'fail', severity: 'info', path: 'goaway-chance', line: 11, fix: 'advice' },
    ],
  },
  { name: 'both send away', kind: 'passing', given: twoApiservers(['--goaway-chance=0.001']), expect: [] },
  {
    name: 'one API server',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'notApplicable' }],
  },
])
