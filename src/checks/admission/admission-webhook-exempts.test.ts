import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionWebhookExempts } from './admission-webhook-exempts.js'
import { webhookWith } from './example-webhook.js'

const but = (key: string, operator = 'DoesNotExist'): object => ({
  namespaceSelector: { matchExpressions: [{ key, operator }] },
})
const gatekeeper = { name: 'validation.gatekeeper.sh', ...but('admission.gatekeeper.sh/ignore') }
const labelGuard = {
  name: 'check-ignore-label.gatekeeper.sh',
  failurePolicy: 'Fail',
  rules: [
    { operations: ['CREATE', 'UPDATE'], apiGroups: [''], apiVersions: ['*'], resources: ['namespaces'] },
  ],
}

checkTests(admissionWebhookExempts, [
  {
    name: 'labels of the objects themselves',
    kind: 'failing',
    given: {
      manifests: webhookWith({
        objectSelector: { matchExpressions: [{ key: 'skip', operator: 'DoesNotExist' }] },
      }),
    },
    expect: [{ result: 'fail', severity: 'medium', message: /skip/, fix: 'advice' }],
  },
  {
    name: 'a label of namespaces',
    kind: 'failing',
    given: { manifests: webhookWith(but('policy.example.com/exempt')) },
    expect: [{ result: 'fail', message: /namespaces by labels/ }],
  },
  {
    name: 'Gatekeeper, which guards the label',
    kind: 'odd',
    given: { manifests: `${webhookWith(gatekeeper)}  - ${JSON.stringify(labelGuard)}\n` },
    expect: [],
  },
  {
    name: 'the same label without that guard',
    kind: 'odd',
    given: { manifests: webhookWith(gatekeeper) },
    expect: [{ result: 'fail' }],
  },
  { name: 'nothing is left out', kind: 'passing', given: { manifests: webhookWith({}) }, expect: [] },
  {
    name: 'by name',
    kind: 'passing',
    given: { manifests: webhookWith(but('kubernetes.io/metadata.name', 'Exists')) },
    expect: [],
  },
  {
    name: 'a sidecar that is asked for by label guards nothing',
    kind: 'odd',
    given: {
      manifests: webhookWith(
        { objectSelector: { matchLabels: { inject: 'true' } } },
        'MutatingWebhookConfiguration',
      ),
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: webhookWith({}).replace(/webhooks:\n.*\n/, 'webhooks: x\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
