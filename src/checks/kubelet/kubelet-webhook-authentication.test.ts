import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletWebhookAuthentication } from './kubelet-webhook-authentication.js'

checkTests(kubeletWebhookAuthentication, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`authentication:
  webhook:
    enabled: false`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'authentication.webhook.enabled',
        file: '/var/lib/kubelet/config.yaml',
        line: 5,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`authentication:
  webhook:
    enabled: true`),
    expect: [],
  },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(
      `authentication:
  webhook:
    enabled: true`,
      '--authentication-token-webhook=false',
    ),
    expect: [{ result: 'fail', path: 'authentication.webhook.enabled' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`authentication:
  webhook:
    enabled: false`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
