import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { auditedBy } from './example-audit.js'
import { judgeAuditRotation } from './judge-audit-rotation.js'

export const apiserverAuditMaxsize = defineCheck({
  id: 'apiserver-audit-maxsize',
  title: 'The audit log is rotated at too small a size, or never',
  severity: 'low',
  because: 'small files times their number is all that is kept; without a limit the log fills the disk',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'At this size in megabytes the file is rotated. With 0 it is not rotated at all, and neither age nor number of files counts.',
  references: [cis('1.2.19'), kubernetesDocs('tasks/debug/debug-cluster/audit/#log-backend')],
  evaluate(apiserver, report) {
    // Source: k8s.io/apiserver v0.36.3 pkg/server/options/audit.go, getWriter.
    judgeAuditRotation(apiserver, report, {
      flag: 'audit-log-maxsize',
      least: 100,
      unit: 'MB',
      zero: 'the audit log is one file that grows without end',
    })
  },
  examples: {
    bad: auditedBy('- level: Metadata\n', ['--audit-log-maxsize=20']),
    good: auditedBy('- level: Metadata\n', ['--audit-log-maxsize=100']),
  },
})
