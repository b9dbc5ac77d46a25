import { flagDocument } from '../../effective/index.js'
import { readAuditPolicy, recordsAnything } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { auditedBy } from './example-audit.js'

const FIX = advice(
  'End the policy with a rule of level Metadata for everything, and put rules of level None before it only for what is read all the time and tells nothing (health checks, leases, events).',
)

export const apiserverAuditPolicy = defineCheck({
  id: 'apiserver-audit-policy',
  title: 'The audit policy records nothing',
  severity: 'medium',
  because: 'it looks as if requests were recorded, and none is',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'A policy whose rules are all of level None, or that leaves out every stage, keeps the audit log empty. One that the API server cannot read keeps it from starting.',
  references: [cis('3.2.1'), kubernetesDocs('tasks/debug/debug-cluster/audit/#audit-policy')],
  evaluate(apiserver, report) {
    const policy = flagDocument(apiserver, 'audit-policy-file', readAuditPolicy)
    if (policy.known && policy.value === undefined) return report.notApplicable('no audit policy is given')
    if (!policy.known && policy.reason !== 'unparsable') return report.unknown(policy)
    if (!policy.known) {
      if (policy.origin === undefined) return report.unknown(policy)
      return report.fail(
        { origin: policy.origin, key: 'audit-policy-file', message: policy.detail },
        {
          message: policy.detail,
          fix: advice(
            'Put the policy right before kube-apiserver is restarted: it does not start with this one.',
          ),
        },
      )
    }
    const document = policy.value
    if (document === undefined || recordsAnything(document.value)) return
    report.fail(
      {
        origin: document.originAt(document.value.rules[0]?.place ?? { line: 1, column: 1 }),
        key: 'rules',
        message: `${document.value.rules.length} rule(s), and none of them records anything`,
      },
      { message: 'no request is recorded under this policy', fix: FIX },
    )
  },
  examples: { bad: auditedBy('- level: None\n'), good: auditedBy('- level: Metadata\n') },
})
