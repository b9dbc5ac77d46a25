import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionWebhookLockout } from './admission-webhook-lockout.js'
import { objectOf, webhookWith } from './example-webhook.js'

const named = (...values: string[]): object => ({
  namespaceSelector: {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }],
  },
})
const labelled = { namespaceSelector: { matchLabels: { guarded: 'true' } } }
const namespaces = (labels: object): string =>
  ['guard', 'kube-system']
    .map((name) =>
      objectOf('v1', 'Namespace', name).replace(
        '"metadata":{',
        `"metadata":{"labels":${JSON.stringify(labels)},`,
      ),
    )
    .join('')

checkTests(admissionWebhookLockout, [
  {
    name: 'it covers everything',
    kind: 'failing',
    given: { manifests: webhookWith({}) },
    expect: [{ result: 'fail', severity: 'medium', message: /pods of guard and kube-system/, fix: 'advice' }],
  },
  {
    name: 'it leaves kube-system out, and itself not',
    kind: 'failing',
    given: { manifests: webhookWith(named('kube-system')) },
    expect: [{ result: 'fail', message: /pods of guard$/ }],
  },
  {
    name: 'both are out',
    kind: 'passing',
    given: { manifests: webhookWith(named('kube-system', 'guard')) },
    expect: [],
  },
  {
    name: 'it may be passed over',
    kind: 'passing',
    given: { manifests: webhookWith({ failurePolicy: 'Ignore' }) },
    expect: [],
  },
  {
    name: 'namespaces that ask for it, and these do not',
    kind: 'odd',
    given: { manifests: `${webhookWith(labelled)}${namespaces({})}` },
    expect: [],
  },
  {
    name: 'namespaces that ask for it, and these do',
    kind: 'odd',
    given: { manifests: `${webhookWith(labelled)}${namespaces({ guarded: 'true' })}` },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'labels were not read',
    kind: 'unknown',
    given: { manifests: webhookWith(labelled) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'own resources alone',
    kind: 'odd',
    given: {
      manifests: webhookWith({
        rules: [{ operations: ['*'], apiGroups: ['cert-manager.io'], resources: ['*'] }],
      }),
    },
    expect: [],
  },
])
