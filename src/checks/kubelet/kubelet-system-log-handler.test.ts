import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletSystemLogHandler } from './kubelet-system-log-handler.js'

checkTests(kubeletSystemLogHandler, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`enableSystemLogHandler: true`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'enableSystemLogHandler',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`enableSystemLogHandler: false`),
    expect: [],
  },
  {
    name: 'null in the file puts the default back',
    kind: 'odd',
    given: kubeletWith('enableSystemLogHandler: null'),
    expect: [{ result: 'fail', path: 'enableSystemLogHandler' }],
  },
  {
    name: 'nobody sets it',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', path: 'enableSystemLogHandler' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`enableSystemLogHandler: true`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'its sibling is switched on',
    kind: 'failing',
    given: kubeletWith(`enableSystemLogHandler: false\nenableSystemLogQuery: true`),
    expect: [{ result: 'fail', severity: 'low', path: 'enableSystemLogQuery', line: 4, fix: 'patch' }],
  },
])
