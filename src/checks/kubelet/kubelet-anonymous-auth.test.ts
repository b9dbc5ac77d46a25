import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletAnonymousAuth } from './kubelet-anonymous-auth.js'
import { kubeletUnseen, kubeletWith, kubeletWithFlags } from './example-kubelet.js'

checkTests(kubeletAnonymousAuth, [
  {
    name: 'on, with Webhook behind it',
    kind: 'failing',
    given: kubeletWith(`authentication:\n  anonymous:\n    enabled: true`),
    expect: [
      { result: 'fail', severity: 'high', path: 'authentication.anonymous.enabled', line: 5, fix: 'patch' },
    ],
  },
  {
    name: 'on, with AlwaysAllow behind it',
    kind: 'failing',
    given: kubeletWith(
      `authentication:\n  anonymous:\n    enabled: true\nauthorization:\n  mode: AlwaysAllow`,
    ),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'off',
    kind: 'passing',
    given: kubeletWith(`authentication:\n  anonymous:\n    enabled: false`),
    expect: [],
  },
  { name: 'nobody sets it, with a configuration file', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'no configuration file: the flag defaults are open',
    kind: 'odd',
    given: kubeletWithFlags('--kubeconfig=/etc/kubernetes/kubelet.conf'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'the last of two flags wins',
    kind: 'odd',
    given: kubeletWith('', '--anonymous-auth=false --anonymous-auth=true'),
    expect: [{ result: 'fail', path: 'authentication.anonymous.enabled' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`authentication:\n  anonymous:\n    enabled: true`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'the file says so, but its kubelet was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`authentication:\n  anonymous:\n    enabled: true`),
    expect: [
      {
        result: 'unknown',
        reason: 'no-source',
        message: /config\.yaml` sets `authentication\.anonymous\.enabled` to `true`, which a flag may beat/,
        line: 5,
      },
    ],
  },
])
