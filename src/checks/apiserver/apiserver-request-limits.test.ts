import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverRequestLimits } from './apiserver-request-limits.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverRequestLimits, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--enable-priority-and-fairness=false']),
    expect: [
      { result: 'fail', severity: 'info', path: 'enable-priority-and-fairness', line: 11, fix: 'patch' },
    ],
  },
  {
    name: 'no limit',
    kind: 'failing',
    given: apiserverWith(['--max-requests-inflight=0']),
    expect: [{ result: 'fail', message: '`--max-requests-inflight` is 0: no limit', fix: 'patch' }],
  },
  { name: 'the defaults', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'a small limit',
    kind: 'odd',
    given: apiserverWith(['--max-mutating-requests-inflight=1']),
    expect: [],
  },
])
