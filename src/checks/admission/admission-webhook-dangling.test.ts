import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionWebhookDangling } from './admission-webhook-dangling.js'
import { objectOf, webhookWith } from './example-webhook.js'

const service = (name: string, namespace: string): string => objectOf('v1', 'Service', name, {}, namespace)

checkTests(admissionWebhookDangling, [
  {
    name: 'its Service is gone',
    kind: 'failing',
    given: { complete: true, manifests: `${webhookWith({})}${service('guard', 'other')}` },
    expect: [{ result: 'fail', severity: 'high', message: /guard\/guard/, fix: 'advice' }],
  },
  {
    name: 'it is there',
    kind: 'passing',
    given: { complete: true, manifests: `${webhookWith({})}${service('guard', 'guard')}` },
    expect: [],
  },
  {
    name: 'a URL',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${webhookWith({ clientConfig: { url: 'https://x/' } })}${service('a', 'b')}`,
    },
    expect: [],
  },
  {
    name: 'manifests alone',
    kind: 'unknown',
    given: { manifests: webhookWith({}) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
