import { ADMISSION_GROUP } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { objectOf } from './example-webhook.js'
import { policyNameOf } from './policies.js'

const BINDING = 'ValidatingAdmissionPolicyBinding'

export const admissionVapUnbound = defineCheck({
  id: 'admission-vap-unbound',
  title: 'An admission policy is bound to nothing',
  severity: 'medium',
  because: 'it reads as if it guarded something, and judges no request',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ValidatingAdmissionPolicy.admissionregistration.k8s.io'],
  why: 'A ValidatingAdmissionPolicy only says how to judge. Which requests are judged, and whether they are refused, stands in its bindings; without one it does nothing.',
  references: [kubernetesDocs('reference/access-authn-authz/validating-admission-policy/')],
  evaluate({ object, index }, report) {
    const { name } = object.ref
    if (index.ofKind(ADMISSION_GROUP, BINDING).some((binding) => policyNameOf(binding) === name)) return
    const origin = { kind: 'object', object, path: [] } as const
    if (!index.holdsAll(ADMISSION_GROUP, BINDING)) {
      const detail = `the bindings were not all read: whether one names ${name} is not known`
      return report.unknown(unknown('no-source', detail, origin))
    }
    report.fail(
      { origin, key: 'binding', message: `no ${BINDING} names it` },
      {
        message: `no binding has requests judged by ${name}`,
        fix: advice(
          `Bind it with validationActions [Warn, Audit] first, see what it would refuse, then [Deny]; or delete it.`,
          { breaks: 'requests that the policy refuses' },
        ),
      },
    )
  },
  examples: {
    bad: { complete: true, manifests: `${policy('a')}${binding('b')}` },
    good: { complete: true, manifests: `${policy('a')}${binding('a')}` },
  },
})

function policy(name: string): string {
  return objectOf(`${ADMISSION_GROUP}/v1`, 'ValidatingAdmissionPolicy', name, { spec: {} })
}

function binding(policyName: string): string {
  return objectOf(`${ADMISSION_GROUP}/v1`, BINDING, 'x', {
    spec: { policyName, validationActions: ['Deny'] },
  })
}
