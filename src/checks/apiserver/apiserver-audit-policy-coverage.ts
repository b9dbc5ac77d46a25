import { auditRecordOf, type AuditedRequest } from '../../kube/index.js'
import { defineCheck, type EvidenceInput } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { auditPolicyInForce, ruleInWords, type PolicyInForce } from './audit-policy-in-force.js'
import { auditedBy } from './example-audit.js'
import { actorsFor, requestsBy, WATCHED, type Watched } from './watched-requests.js'

interface Gap {
  readonly by: string
  readonly evidence: EvidenceInput
}

/** The first request of a kind that leaves no trace. */
function gapOf(policy: PolicyInForce, watched: Watched): Gap | undefined {
  for (const actor of actorsFor(policy.value, watched)) {
    for (const request of requestsBy(policy.value, watched, actor)) {
      const { level, rule } = auditRecordOf(policy.value, request)
      if (level !== 'None') continue
      const reason = rule === undefined ? 'no rule matches' : `the rule \`${ruleInWords(rule)}\` matches`
      const message = `${inWords(request)} by ${actor.inWords}: ${reason}`
      const origin = policy.originAt(rule?.place ?? { line: 1, column: 1 })
      return { by: actor.inWords, evidence: { origin, key: watched.name, message } }
    }
  }
  return undefined
}

function inWords({ verb, resource = '', subresource = '', namespace = '' }: AuditedRequest): string {
  const thing = subresource === '' ? resource : `${resource}/${subresource}`
  return `${verb} ${thing}${namespace === 'kube-system' ? ' in kube-system' : ''}`
}

export const apiserverAuditPolicyCoverage = defineCheck({
  id: 'apiserver-audit-policy-coverage',
  title: 'The audit policy leaves out what an investigation needs',
  severity: 'medium',
  because:
    'what is not recorded is what an attacker does: read credentials, run commands, give himself rights',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'The first rule that matches a request decides, and a request that no rule matches is not recorded. Changes of rights, reads of Secrets, commands in pods, tokens and approvals of certificates belong into the log at level Metadata at least, whoever does them.',
  references: [cis('3.2.2'), kubernetesDocs('tasks/debug/debug-cluster/audit/#audit-policy')],
  evaluate(apiserver, report) {
    const policy = auditPolicyInForce(apiserver, report)
    if (policy === undefined) return
    for (const watched of WATCHED) {
      const gap = gapOf(policy, watched)
      if (gap === undefined) continue
      const by = gap.by === 'users' ? '' : ` by ${gap.by}`
      report.fail(gap.evidence, {
        message: `not recorded: ${watched.name}${by}`,
        fix: advice(
          'Put a rule of level Metadata for these requests, without users, groups and namespaces, before the rule that leaves them out; end the policy with `- level: Metadata`. The API server reads the policy when it starts.',
          { breaks: 'the log grows with what is recorded; mind its rotation' },
        ),
      })
    }
  },
  examples: {
    bad: auditedBy('- level: None\n  verbs: [get, list, watch]\n- level: Metadata\n'),
    good: auditedBy(
      '- level: Metadata\n  resources: [{group: "", resources: [secrets, configmaps, pods/*, services/proxy, nodes/proxy]}]\n- level: None\n  verbs: [get, list, watch]\n- level: Metadata\n',
    ),
  },
})
