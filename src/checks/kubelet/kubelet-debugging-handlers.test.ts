import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletDebuggingHandlers } from './kubelet-debugging-handlers.js'

checkTests(kubeletDebuggingHandlers, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`enableDebuggingHandlers: true`),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'enableDebuggingHandlers',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`enableDebuggingHandlers: false`),
    expect: [],
  },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`enableDebuggingHandlers: false`, '--enable-debugging-handlers=true'),
    expect: [{ result: 'fail', path: 'enableDebuggingHandlers' }],
  },
  {
    name: 'nobody sets it',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', path: 'enableDebuggingHandlers' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`enableDebuggingHandlers: true`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
