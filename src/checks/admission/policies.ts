import { ADMISSION_GROUP, coversPods, isGuard, readWebhooks, type ObjectIndex } from '../../kube/index.js'
import { asList, asString, asStrings, field, valueAt, type KubeObject } from '../../model/index.js'

/** What a binding of a ValidatingAdmissionPolicy has the API server do; nothing where it names no action. */
export function actionsOf(binding: KubeObject): readonly string[] {
  return asStrings(valueAt(binding.content, ['spec', 'validationActions']))
}

/** The policy that a binding names. */
export function policyNameOf(binding: KubeObject): string | undefined {
  return asString(valueAt(binding.content, ['spec', 'policyName']))
}

/** Whether a policy looks at pods or at everything, by its match constraints. */
function policyCoversPods(policy: KubeObject): boolean {
  const rules = asList(valueAt(policy.content, ['spec', 'matchConstraints', 'resourceRules'])).map(
    (rule) => ({
      operations: asStrings(field(rule, 'operations')),
      apiGroups: asStrings(field(rule, 'apiGroups')),
      resources: asStrings(field(rule, 'resources')),
    }),
  )
  return coversPods({ rules })
}

/** Whether something beside Pod Security judges pods: a guarding webhook, or a policy that is bound with Deny. */
export function somethingJudgesPods(index: ObjectIndex): boolean {
  const webhooks = index.ofKind(ADMISSION_GROUP, 'ValidatingWebhookConfiguration')
  if (webhooks.some((each) => readWebhooks(each).webhooks.some(isGuard))) return true
  const denying = new Set(
    index
      .ofKind(ADMISSION_GROUP, 'ValidatingAdmissionPolicyBinding')
      .filter((binding) => actionsOf(binding).includes('Deny'))
      .map(policyNameOf),
  )
  return index
    .ofKind(ADMISSION_GROUP, 'ValidatingAdmissionPolicy')
    .some((policy) => denying.has(policy.ref.name) && policyCoversPods(policy))
}
