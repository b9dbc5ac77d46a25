import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletStreamingIdleTimeout } from './kubelet-streaming-idle-timeout.js'

checkTests(kubeletStreamingIdleTimeout, [
  {
    name: 'switched off by flag',
    kind: 'failing',
    given: kubeletWith('streamingConnectionIdleTimeout: 4h', '--streaming-connection-idle-timeout=0s'),
    expect: [{ result: 'fail', severity: 'low', path: 'streamingConnectionIdleTimeout' }],
  },
  {
    name: 'set in the file',
    kind: 'passing',
    given: kubeletWith('streamingConnectionIdleTimeout: 30m'),
    expect: [],
  },
  // The kubelet takes a zero in its file for unset, and puts four hours there.
  {
    name: 'zero in the file is the default',
    kind: 'odd',
    given: kubeletWith('streamingConnectionIdleTimeout: 0s'),
    expect: [],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen('streamingConnectionIdleTimeout: 0s'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
