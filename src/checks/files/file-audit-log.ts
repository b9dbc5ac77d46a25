import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const fileAuditLog = defineCheck({
  id: 'file-audit-log',
  title: 'Others than root may read or change the audit log of the API server',
  severity: 'medium',
  because:
    'it shows who did what, with the bodies of requests where the policy says so, and is the trace that an attacker would erase',
  reach: 'host',
  appliesTo: 'host',
  why: 'The audit log tells names, addresses and, by policy, contents. Who may write it erases their own trace.',
  references: [cis('1.2.16'), kubernetesDocs('tasks/debug/debug-cluster/audit/')],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'audit log',
      what: 'audit log of an API server',
      limit: 0o600,
      weigh: (access) => writeWeight(access, 'medium', 'medium') ?? readWeight(access, 'medium', 'medium'),
      resetBy: () =>
        'New files of the log are made with mode 600; a log that was there before keeps its own.',
    })
  },
  examples: {
    bad: hostWith({ '/var/log/kubernetes/audit.log': { text: '', mode: 0o644 } }, [
      '/usr/bin/kube-apiserver --audit-log-path=/var/log/kubernetes/audit.log',
    ]),
    good: hostWith({ '/var/log/kubernetes/audit.log': { text: '', mode: 0o600 } }, [
      '/usr/bin/kube-apiserver --audit-log-path=/var/log/kubernetes/audit.log',
    ]),
  },
})
