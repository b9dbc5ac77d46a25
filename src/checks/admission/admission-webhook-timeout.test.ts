import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionWebhookTimeout } from './admission-webhook-timeout.js'
import { webhookWith } from './example-webhook.js'

const given = (fields: object): { manifests: string } => ({ manifests: webhookWith(fields) })

checkTests(admissionWebhookTimeout, [
  {
    name: 'half a minute',
    kind: 'failing',
    given: given({ timeoutSeconds: 30 }),
    expect: [{ result: 'fail', severity: 'low', fix: 'advice' }],
  },
  {
    name: 'the default of v1beta1',
    kind: 'odd',
    given: { manifests: webhookWith({}).replace('k8s.io/v1\n', 'k8s.io/v1beta1\n') },
    expect: [{ result: 'fail' }],
  },
  { name: 'the default', kind: 'passing', given: given({}), expect: [] },
  {
    name: 'own resources alone, as cert-manager',
    kind: 'odd',
    given: given({
      timeoutSeconds: 30,
      rules: [{ operations: ['CREATE'], apiGroups: ['cert-manager.io'], resources: ['*/*'] }],
    }),
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: webhookWith({}).replace(/webhooks:\n.*\n/, 'webhooks: 5\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
