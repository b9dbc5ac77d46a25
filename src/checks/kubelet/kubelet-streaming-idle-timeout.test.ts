import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletStreamingIdleTimeout } from './kubelet-streaming-idle-timeout.js'

checkTests(kubeletStreamingIdleTimeout, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`streamingConnectionIdleTimeout: 0s`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'streamingConnectionIdleTimeout',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`streamingConnectionIdleTimeout: 4h`),
    expect: [],
  },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`streamingConnectionIdleTimeout: 4h`, '--streaming-connection-idle-timeout=0s'),
    expect: [{ result: 'fail', path: 'streamingConnectionIdleTimeout' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`streamingConnectionIdleTimeout: 0s`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
