import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletAuthorizationAlwaysAllow } from './kubelet-authorization-always-allow.js'
import { kubeletUnseen, kubeletWith, kubeletWithFlags } from './example-kubelet.js'

checkTests(kubeletAuthorizationAlwaysAllow, [
  {
    name: 'AlwaysAllow in the file',
    kind: 'failing',
    given: kubeletWith(`authorization:\n  mode: AlwaysAllow`),
    expect: [{ result: 'fail', severity: 'critical', path: 'authorization.mode', line: 4 }],
  },
  { name: 'Webhook', kind: 'passing', given: kubeletWith(`authorization:\n  mode: Webhook`), expect: [] },
  { name: 'nobody sets it, with a configuration file', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`authorization:\n  mode: Webhook`, '--authorization-mode=AlwaysAllow'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'no configuration file: the flag default is AlwaysAllow',
    kind: 'odd',
    given: kubeletWithFlags('--v=2'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`authorization:\n  mode: AlwaysAllow`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
