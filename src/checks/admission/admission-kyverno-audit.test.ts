import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionKyvernoAudit } from './admission-kyverno-audit.js'
import { objectOf } from './example-webhook.js'

const policy = (
  spec: object,
  kind = 'ClusterPolicy',
  apiVersion = 'kyverno.io/v1',
): { manifests: string } => ({
  manifests: objectOf(apiVersion, kind, 'p', { spec }),
})
const rule = (more: object): object => ({ name: 'r', validate: { pattern: {}, ...more } })

checkTests(admissionKyvernoAudit, [
  {
    name: 'nothing is said',
    kind: 'failing',
    given: policy({ rules: [rule({})] }),
    expect: [{ result: 'fail', severity: 'info', message: /: r$/, fix: 'advice' }],
  },
  {
    name: 'the policy enforces, one rule does not',
    kind: 'odd',
    given: policy({
      validationFailureAction: 'Enforce',
      rules: [rule({}), { ...rule({ failureAction: 'Audit' }), name: 's' }],
    }),
    expect: [{ result: 'fail', message: /: s$/ }],
  },
  {
    name: 'the older word',
    kind: 'passing',
    given: policy({ validationFailureAction: 'enforce', rules: [rule({})] }, 'Policy'),
    expect: [],
  },
  {
    name: 'a policy that changes objects',
    kind: 'odd',
    given: policy({ rules: [{ name: 'm', mutate: {} }] }),
    expect: [],
  },
  {
    name: 'the newer kind',
    kind: 'failing',
    given: policy({ validationActions: ['Audit'] }, 'ValidatingPolicy', 'policies.kyverno.io/v1alpha1'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the newer kind denies',
    kind: 'passing',
    given: policy({ validationActions: ['Deny'] }, 'ValidatingPolicy', 'policies.kyverno.io/v1alpha1'),
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: policy({ rules: 'x' }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
