import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverDrift } from './apiserver-drift.js'
import { apiserverWith } from './example-apiserver.js'
import { twoApiservers } from './example-two-apiservers.js'

function running(flags: readonly string[], written: readonly string[]) {
  const input = apiserverWith(written)
  const files = input.hosts?.['cp-1']?.files ?? {}
  return { hosts: { 'cp-1': { files, processes: [['kube-apiserver', ...flags].join(' ')] } } }
}

checkTests(apiserverDrift, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'two hosts differ',
    kind: 'failing',
    given: twoApiservers(['--profiling=false'], ['--profiling=true']),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        message: '`--profiling` differs from that of cp-1',
        path: 'profiling',
        line: 11,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'the manifest was changed, the process was not',
    kind: 'failing',
    given: running(['--profiling=true', '--v=2'], ['--v=2', '--profiling=false']),
    expect: [
      {
        result: 'fail',
        message: 'the running API server and its manifest differ in --profiling',
        path: 'arguments',
      },
    ],
  },
  {
    name: 'two hosts agree but for their addresses',
    kind: 'passing',
    given: twoApiservers(
      ['--advertise-address=10.0.0.1', '--v=2'],
      ['--advertise-address=10.0.0.2', '--v=4'],
    ),
    expect: [],
  },
  {
    name: 'the process runs what the manifest says, in another order',
    kind: 'passing',
    given: running(['--v=2', '--profiling=false'], ['--profiling=false', '--v=2']),
    expect: [],
  },
  {
    name: 'a flag that only one has',
    kind: 'odd',
    given: twoApiservers(['--token-auth-file=/a/b'], ['--v=2']),
    expect: [
      { result: 'fail', path: 'token-auth-file', message: '`--token-auth-file` differs from that of cp-1' },
    ],
  },
  {
    name: 'a manifest alone',
    kind: 'unknown',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'unknown', reason: 'no-source', message: /neither a running API server/ }],
  },
])
