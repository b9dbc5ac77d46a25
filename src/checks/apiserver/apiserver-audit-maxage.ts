import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { auditedBy } from './example-audit.js'
import { judgeAuditRotation } from './judge-audit-rotation.js'

export const apiserverAuditMaxage = defineCheck({
  id: 'apiserver-audit-maxage',
  title: 'Files of the audit log are removed too soon, or never',
  severity: 'low',
  because: 'an intrusion is often found weeks later; without a limit it is the disk that ends the record',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'After this many days a file of the audit log that was rotated is deleted. 30 is what the benchmark asks for.',
  references: [cis('1.2.17'), kubernetesDocs('tasks/debug/debug-cluster/audit/#log-backend')],
  evaluate(apiserver, report) {
    // Source: k8s.io/apiserver v0.36.3 pkg/server/options/audit.go, getWriter.
    judgeAuditRotation(apiserver, report, {
      flag: 'audit-log-maxage',
      least: 30,
      unit: 'days',
      zero: 'old files of the audit log are never removed for their age',
    })
  },
  examples: {
    bad: auditedBy('- level: Metadata\n', ['--audit-log-maxage=6']),
    good: auditedBy('- level: Metadata\n', ['--audit-log-maxage=30']),
  },
})
