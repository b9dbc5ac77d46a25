import { apiserversOf, flagDocument } from '../../effective/index.js'
import { auditRecordOf, readAuditPolicy, type AuditPolicy, type UsedRequest } from '../../kube/index.js'
import type { Estate } from '../../model/index.js'

/** The audit policies of the API servers that were read; none where nothing is known of them. */
export function auditPoliciesOf(estate: Estate): AuditPolicy[] {
  return apiserversOf(estate).flatMap((apiserver) => {
    const policy = flagDocument(apiserver, 'audit-policy-file', readAuditPolicy)
    return policy.known && policy.value !== undefined ? [policy.value.value] : []
  })
}

/** Whether every one of the policies records a request of this form by a user. */
export function isRecordedBy(
  policies: readonly AuditPolicy[],
  user: string,
  groups: readonly string[],
  { verb, apiGroup, resource, subresource, namespace }: UsedRequest,
): boolean {
  const request = { user, groups, verb, apiGroup, resource, subresource, namespace }
  return policies.every((policy) => auditRecordOf(policy, request).level !== 'None')
}
