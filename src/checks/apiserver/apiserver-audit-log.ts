import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { BACKENDS } from './audit-flags.js'
import { apiserverWith } from './example-apiserver.js'
import { keepAuditLog } from './keep-audit-log.js'

export const apiserverAuditLog = defineCheck({
  id: 'apiserver-audit-log',
  title: 'The API server keeps no audit log',
  severity: 'medium',
  because: 'nothing opens, but nobody can say afterwards who did what',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'The audit log is the only record of who read a Secret, changed a role or opened a shell in a pod. Without it an intrusion is neither noticed nor understood.',
  references: [
    cis('1.2.16'),
    cis('3.2.1'),
    nsa('Audit logging'),
    kubernetesDocs('tasks/debug/debug-cluster/audit/'),
  ],
  evaluate(apiserver, report) {
    const facts = BACKENDS.map((flag) => apiserver.string(flag))
    const [log] = facts
    if (facts.some((fact) => fact.known && fact.value !== '')) return
    for (const fact of facts) if (!fact.known) return report.unknown(fact)
    if (log?.known !== true) return
    report.fail(flagEvidence(apiserver, BACKENDS[0], log.origin), {
      message: 'neither an audit log nor an audit webhook is set',
      fix: keepAuditLog(apiserver, { log: true }),
    })
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: apiserverWith([
      '--audit-policy-file=/etc/kubernetes/audit-policy.yaml',
      '--audit-log-path=/var/log/kubernetes/audit.log',
    ]),
  },
})
