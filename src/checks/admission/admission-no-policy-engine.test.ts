import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionNoPolicyEngine } from './admission-no-policy-engine.js'
import { objectOf, PODS, webhookWith } from './example-webhook.js'

const namespace = (labels: object): string =>
  objectOf('v1', 'Namespace', 'shop').replace(
    '"metadata":{',
    `"metadata":{"labels":${JSON.stringify(labels)},`,
  )
const operator = webhookWith({
  rules: [{ operations: ['CREATE'], apiGroups: ['example.com'], resources: ['widgets'] }],
})
const policy = (actions: string[]): string =>
  objectOf('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'p', {
    spec: { matchConstraints: { resourceRules: PODS } },
  }) +
  objectOf('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'b', {
    spec: { policyName: 'p', validationActions: actions },
  })
const whole = (...parts: string[]): { complete: true; manifests: string } => ({
  complete: true,
  manifests: parts.join(''),
})

checkTests(admissionNoPolicyEngine, [
  {
    name: 'nothing but an operator for its own resources',
    kind: 'failing',
    given: whole(operator, namespace({})),
    expect: [{ result: 'fail', severity: 'medium', path: 'cluster', fix: 'advice' }],
  },
  {
    name: 'a policy that only records',
    kind: 'failing',
    given: whole(operator, namespace({}), policy(['Audit'])),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a policy that denies',
    kind: 'passing',
    given: whole(operator, namespace({}), policy(['Deny'])),
    expect: [],
  },
  {
    name: 'a policy engine',
    kind: 'passing',
    given: { manifests: `${webhookWith({ name: 'validate.kyverno.svc-fail' })}${namespace({})}` },
    expect: [],
  },
  {
    name: 'a namespace that enforces a level',
    kind: 'passing',
    given: { manifests: namespace({ 'pod-security.kubernetes.io/enforce': 'baseline' }) },
    expect: [],
  },
  { name: 'no cluster', kind: 'odd', given: { manifests: operator }, expect: [] },
  {
    name: 'webhooks were not read',
    kind: 'unknown',
    given: whole(namespace({})),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
