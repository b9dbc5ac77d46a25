import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverProfiling } from './apiserver-profiling.js'
import { apiserverProcess, apiserverWith } from './example-apiserver.js'

checkTests(apiserverProfiling, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'on',
    kind: 'failing',
    given: apiserverWith(['--profiling=true']),
    expect: [{ result: 'fail', severity: 'low', path: 'profiling', line: 11, fix: 'patch' }],
  },
  {
    name: 'not given: on by default',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', path: 'profiling', fix: 'patch' }],
  },
  { name: 'off', kind: 'passing', given: apiserverWith(['--profiling=false']), expect: [] },
  {
    name: 'the last of two wins',
    kind: 'odd',
    given: apiserverWith(['--profiling=false', '--profiling']),
    expect: [{ result: 'fail', path: 'profiling', line: 12, fix: 'advice' }],
  },
  {
    name: 'a process whose files were not read',
    kind: 'odd',
    given: apiserverProcess(['--profiling=true']),
    expect: [{ result: 'fail', path: 'profiling', fix: 'advice' }],
  },
])
