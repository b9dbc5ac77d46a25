import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionWebhookCa } from './admission-webhook-ca.js'
import { EXPIRED_CA, LASTING_CA } from './example-ca.js'
import { webhookWith } from './example-webhook.js'

const bundle = (caBundle: unknown): { manifests: string } => ({
  manifests: webhookWith({ clientConfig: { service: { namespace: 'guard', name: 'guard' }, caBundle } }),
})
const both = Buffer.from(
  Buffer.from(EXPIRED_CA, 'base64').toString() + Buffer.from(LASTING_CA, 'base64').toString(),
).toString('base64')

checkTests(admissionWebhookCa, [
  {
    name: 'it ended',
    kind: 'failing',
    given: bundle(EXPIRED_CA),
    expect: [{ result: 'fail', severity: 'medium', message: /ended on 2025-01-01/, fix: 'advice' }],
  },
  {
    name: 'no certificate',
    kind: 'failing',
    given: bundle('bm90aGluZw=='),
    expect: [{ result: 'fail', message: /can be read/ }],
  },
  { name: 'the next one is there already', kind: 'odd', given: bundle(both), expect: [] },
  { name: 'it is valid', kind: 'passing', given: bundle(LASTING_CA), expect: [] },
  {
    name: 'a server outside that the system trusts',
    kind: 'odd',
    given: { manifests: webhookWith({ clientConfig: { url: 'https://guard.example.com/' } }) },
    expect: [],
  },
  {
    name: 'a manifest that is filled in later',
    kind: 'unknown',
    given: bundle('Cg=='),
    expect: [{ result: 'unknown', reason: 'not-given' }],
  },
])
