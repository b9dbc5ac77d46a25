import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { auditedBy } from './example-audit.js'
import { judgeAuditRotation } from './judge-audit-rotation.js'

export const apiserverAuditMaxbackup = defineCheck({
  id: 'apiserver-audit-maxbackup',
  title: 'Too few files of the audit log are kept, or all of them',
  severity: 'low',
  because:
    'whoever floods the API server with requests pushes what he did before out of the log; without a limit he fills the disk',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'So many rotated files stay beside the one that is being written.',
  references: [cis('1.2.18'), kubernetesDocs('tasks/debug/debug-cluster/audit/#log-backend')],
  evaluate(apiserver, report) {
    // Source: k8s.io/apiserver v0.36.3 pkg/server/options/audit.go, getWriter.
    judgeAuditRotation(apiserver, report, {
      flag: 'audit-log-maxbackup',
      least: 10,
      unit: 'files',
      zero: 'files of the audit log are kept without a limit of their number',
    })
  },
  examples: {
    bad: auditedBy('- level: Metadata\n', ['--audit-log-maxbackup=2']),
    good: auditedBy('- level: Metadata\n', ['--audit-log-maxbackup=10']),
  },
})
