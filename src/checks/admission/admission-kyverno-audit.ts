import { asList, asString, asStrings, field, unknown, valueAt, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { objectOf } from './example-webhook.js'

export const admissionKyvernoAudit = defineCheck({
  id: 'admission-kyverno-audit',
  title: 'A Kyverno policy reports and does not refuse',
  severity: 'info',
  because: 'that is how policies begin; until they enforce, nothing is held back',
  reach: 'user',
  appliesTo: 'object',
  kinds: [
    'ClusterPolicy.kyverno.io',
    'Policy.kyverno.io',
    'ValidatingPolicy.policies.kyverno.io',
    'ImageValidatingPolicy.policies.kyverno.io',
  ],
  why: 'With Audit, which is what an unset failure action means, a resource that breaks the policy is made all the same and stands in a report.',
  references: ['https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action'],
  evaluate({ object }, report) {
    const spec = valueAt(object.content, ['spec'])
    const rules = field(spec, 'rules')
    const origin = { kind: 'object', object, path: ['spec'] } as const
    if (rules !== undefined && rules !== null && !Array.isArray(rules)) {
      return report.unknown(unknown('unparsable', '`rules` is not a list', origin))
    }
    const reporting = object.ref.group === 'kyverno.io' ? auditRules(object) : auditActions(object)
    if (reporting.length === 0) return
    report.fail(
      { origin, key: 'failureAction', message: `reports only: ${reporting.join(', ')}` },
      {
        message: `what breaks it is only reported: ${reporting.slice(0, 5).join(', ')}`,
        fix: advice(
          'Set the failure action to Enforce (for the newer kinds, validationActions to [Deny]) once its reports show nothing that should have passed.',
          {
            breaks: 'resources that the policy refuses',
          },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: policy('Audit') },
    good: { manifests: policy('Enforce') },
  },
})

function policy(failureAction: string): string {
  return objectOf('kyverno.io/v1', 'ClusterPolicy', 'no-latest', {
    spec: { rules: [{ name: 'tags', validate: { failureAction, message: 'no latest', pattern: {} } }] },
  })
}

/** The names of the rules that validate and do not enforce; a rule's own action beats that of the policy. */
function auditRules(object: KubeObject): string[] {
  const ofPolicy = asString(valueAt(object.content, ['spec', 'validationFailureAction']))
  return asList(valueAt(object.content, ['spec', 'rules'])).flatMap((rule) => {
    const validate = field(rule, 'validate')
    if (validate === undefined) return []
    const action = asString(field(validate, 'failureAction')) ?? ofPolicy ?? 'Audit'
    return action.toLowerCase() === 'enforce' ? [] : [asString(field(rule, 'name')) ?? '(no name)']
  })
}

/** An unset list means Deny. Source: kyverno v1.15 api/policies.kyverno.io/v1alpha1, ValidationActions. */
function auditActions(object: KubeObject): string[] {
  const actions = asStrings(valueAt(object.content, ['spec', 'validationActions']))
  return actions.length === 0 || actions.includes('Deny') ? [] : [actions.join(' and ')]
}
