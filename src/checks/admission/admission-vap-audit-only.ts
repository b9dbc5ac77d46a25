import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { objectOf } from './example-webhook.js'
import { actionsOf, policyNameOf } from './policies.js'

export const admissionVapAuditOnly = defineCheck({
  id: 'admission-vap-audit-only',
  title: 'An admission policy is bound to record and to warn, not to refuse',
  severity: 'info',
  because: 'that is how policies begin; until they deny, nothing is held back',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io'],
  why: 'Audit and Warn are for finding out what a policy would refuse. Only Deny refuses.',
  references: [
    kubernetesDocs('reference/access-authn-authz/validating-admission-policy/#validation-actions'),
  ],
  evaluate({ object }, report) {
    const path = ['spec', 'validationActions']
    const given = valueAt(object.content, path)
    const origin = { kind: 'object', object, path } as const
    if (given !== undefined && given !== null && !Array.isArray(given)) {
      return report.unknown(unknown('unparsable', '`validationActions` is not a list', origin))
    }
    const actions = actionsOf(object)
    if (actions.includes('Deny')) return
    const does = actions.length === 0 ? 'nothing' : actions.join(' and ')
    report.fail(
      { origin, message: `validationActions: ${does}` },
      {
        message: `policy ${policyNameOf(object) ?? '(none)'} is bound to ${does}`,
        fix: advice(
          'Add Deny, in place of Warn, once the audit log shows no request that should have passed (annotation validation.policy.admission.k8s.io/validation_failure).',
          {
            breaks: 'requests that the policy refuses',
          },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: binding(['Audit']) },
    good: { manifests: binding(['Deny', 'Audit']) },
  },
})

function binding(validationActions: string[]): string {
  return objectOf('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'b', {
    spec: { policyName: 'p', validationActions },
  })
}
