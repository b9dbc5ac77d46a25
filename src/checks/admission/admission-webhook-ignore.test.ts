import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionWebhookIgnore } from './admission-webhook-ignore.js'
import { webhookWith } from './example-webhook.js'

const given = (fields: object, kind?: string): { manifests: string } => ({
  manifests: webhookWith(fields, kind),
})
const own = [{ operations: ['CREATE'], apiGroups: ['cert-manager.io'], resources: ['*/*'] }]

checkTests(admissionWebhookIgnore, [
  {
    name: 'a guard of pods',
    kind: 'failing',
    given: given({ failurePolicy: 'Ignore' }),
    expect: [{ result: 'fail', severity: 'high', line: 5, fix: 'advice' }],
  },
  {
    name: 'Kyverno, told to',
    kind: 'failing',
    given: given({ name: 'validate.kyverno.svc', failurePolicy: 'Ignore' }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'Gatekeeper as it is published',
    kind: 'odd',
    given: given({
      name: 'validation.gatekeeper.sh',
      failurePolicy: 'Ignore',
      rules: [{ operations: ['CREATE'], apiGroups: ['*'], resources: ['*'] }],
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'the part of Kyverno for policies that say so',
    kind: 'odd',
    given: given({ name: 'validate.kyverno.svc-ignore', failurePolicy: 'Ignore' }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'an operator that looks after its own resources',
    kind: 'passing',
    given: given({ name: 'webhook.cert-manager.io', failurePolicy: 'Ignore', rules: own }),
    expect: [],
  },
  {
    name: 'one that completes pods',
    kind: 'odd',
    given: given({ failurePolicy: 'Ignore' }, 'MutatingWebhookConfiguration'),
    expect: [],
  },
  { name: 'unset is Fail', kind: 'passing', given: given({}), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: webhookWith({}).replace(/webhooks:\n.*\n/, 'webhooks: [7]\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
