import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionWebhookUrlPlain } from './admission-webhook-url-plain.js'
import { webhookWith } from './example-webhook.js'

const at = (url: unknown): { manifests: string } => ({ manifests: webhookWith({ clientConfig: { url } }) })

checkTests(admissionWebhookUrlPlain, [
  {
    name: 'http',
    kind: 'failing',
    given: at('http://guard.example.com/'),
    expect: [{ result: 'fail', severity: 'high', line: 5, fix: 'advice' }],
  },
  { name: 'no scheme', kind: 'odd', given: at('guard.example.com:443'), expect: [{ result: 'fail' }] },
  { name: 'https', kind: 'passing', given: at('https://guard.example.com/'), expect: [] },
  { name: 'a service', kind: 'passing', given: { manifests: webhookWith({}) }, expect: [] },
  { name: 'no text', kind: 'odd', given: at(7), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: webhookWith({}).replace(/webhooks:\n.*\n/, 'webhooks: { a: b }\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
