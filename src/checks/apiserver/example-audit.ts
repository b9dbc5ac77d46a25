import type { EstateInput } from '../../model/index.js'
import { apiserverWith } from './example-apiserver.js'

export const AUDIT_POLICY = '/etc/kubernetes/audit-policy.yaml'

/** An API server that writes an audit log under a policy with these rules; the first one is line 4 of the policy. */
export function auditedBy(rules: string, flags: readonly string[] = []): EstateInput {
  return apiserverWith(
    [`--audit-policy-file=${AUDIT_POLICY}`, '--audit-log-path=/var/log/kubernetes/audit.log', ...flags],
    { files: { [AUDIT_POLICY]: `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${rules}` } },
  )
}

/** The same with a policy that was not read. */
export const AUDIT_POLICY_UNSEEN: EstateInput = apiserverWith([
  '--audit-policy-file=/srv/audit.yaml',
  '--audit-log-path=/var/log/kubernetes/audit.log',
])
