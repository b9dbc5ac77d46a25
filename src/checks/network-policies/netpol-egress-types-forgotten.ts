import { asList, asStrings, field } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { policyWith } from './example-network.js'
import { reportMalformed } from './open-rules.js'
import { POLICIES } from './policy-kinds.js'
import { readPolicy } from '../../kube/index.js'

export const netpolEgressTypesForgotten = defineCheck({
  id: 'netpol-egress-types-forgotten',
  title: 'A NetworkPolicy writes egress rules that do not take effect',
  severity: 'medium',
  because: 'its pods connect to everywhere while the policy looks as if they could not',
  reach: 'pod',
  appliesTo: 'object',
  kinds: POLICIES,
  why: 'Without `policyTypes` a policy is about egress only when it has at least one egress rule. `egress: []`, meant to deny everything, isolates nothing, and so do rules of a policy whose `policyTypes` leave Egress out.',
  references: [
    nsa('network policies'),
    kubernetesDocs('reference/kubernetes-api/policy-resources/network-policy-v1/'),
  ],
  evaluate({ object }, report) {
    const policy = readPolicy(object)
    reportMalformed(object, policy, report)
    const spec = field(object.content, 'spec')
    const egress = field(spec, 'egress')
    if (!Array.isArray(egress) || policy.isolates.includes('egress')) return
    const types = asStrings(field(spec, 'policyTypes'))
    // An empty list beside named types says nothing: tools write it so.
    if (types.length > 0 && asList(egress).length === 0) return
    const message =
      types.length === 0
        ? '`egress: []` without `policyTypes` isolates nothing'
        : `\`policyTypes\` (${types.join(', ')}) leave Egress out, so the egress rules do nothing`
    report.fail(
      { origin: { kind: 'object', object, path: ['spec', 'egress'] }, message },
      {
        message,
        fix: advice(
          'Write `policyTypes: [Ingress, Egress]` (Egress alone where the policy is not about ingress).',
          {
            breaks: 'every connection that the pods open and no egress rule allows, DNS among them',
          },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: policyWith('podSelector: {}\negress: []') },
    good: { manifests: policyWith('podSelector: {}\negress: []\npolicyTypes: [Egress]') },
  },
})
