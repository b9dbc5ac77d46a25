import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { cis, kubernetesDocs } from '../references.js'
import { givenBackends } from './audit-flags.js'
import { apiserverWith } from './example-apiserver.js'
import { keepAuditLog } from './keep-audit-log.js'

export const apiserverAuditWithoutPolicy = defineCheck({
  id: 'apiserver-audit-without-policy',
  title: 'An audit log is set up and stays empty',
  severity: 'medium',
  because: 'it looks as if requests were recorded, and none is',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Without --audit-policy-file the API server records no event, whatever log or webhook it is given; it only says so in a line of its own log.',
  references: [cis('3.2.1'), kubernetesDocs('tasks/debug/debug-cluster/audit/#audit-policy')],
  evaluate(apiserver, report) {
    const policy = apiserver.string('audit-policy-file')
    if (!policy.known) return report.unknown(policy)
    const backends = givenBackends(apiserver) ?? []
    if (policy.value !== '' || backends.length === 0) return
    const evidence = backends.flatMap((flag) => {
      const fact = apiserver.string(flag)
      return fact.known ? [flagEvidence(apiserver, flag, fact.origin)] : []
    })
    report.fail(evidence, {
      message: `\`--${backends.join('`, `--')}\` without \`--audit-policy-file\` records nothing`,
      fix: keepAuditLog(apiserver, { log: false }),
    })
  },
  examples: {
    bad: apiserverWith(['--audit-log-path=/var/log/kubernetes/audit.log']),
    good: apiserverWith([
      '--audit-log-path=/var/log/kubernetes/audit.log',
      '--audit-policy-file=/etc/kubernetes/audit-policy.yaml',
    ]),
  },
})
