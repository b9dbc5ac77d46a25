import { checkTests } from '../../../test/kit/check-tests.js'
import { MANAGED_CONTROL_PLANE, UNSEEN_CONTROL_PLANE } from '../example-control-plane.js'
import { apiserverProfiling } from './apiserver-profiling.js'
import { APISERVER_UNRESOLVED, apiserverProcess, apiserverWith } from './example-apiserver.js'

checkTests(apiserverProfiling, [
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
  {
    name: 'the provider runs it',
    kind: 'odd',
    given: MANAGED_CONTROL_PLANE,
    expect: [{ result: 'notApplicable', message: 'Amazon EKS runs kube-apiserver' }],
  },
  {
    name: 'a variable that nobody sets',
    kind: 'unknown',
    given: APISERVER_UNRESOLVED,
    expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
  },
  {
    name: 'a host of the control plane without one',
    kind: 'unknown',
    given: UNSEEN_CONTROL_PLANE,
    expect: [{ result: 'unknown', reason: 'no-source', message: /cp-1 is a host of the control plane/ }],
  },
])
