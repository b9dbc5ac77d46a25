import { networkPoliciesOf, readPolicy, selectsAll, type Direction } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { policyWith } from './example-network.js'
import { allowsAll, isAllowAll, reportMalformed, ruleEvidence } from './open-rules.js'
import { POLICIES } from './policy-kinds.js'

export const netpolAllowAll = defineCheck({
  id: 'netpol-allow-all',
  title: 'A NetworkPolicy allows everything for all pods of its namespace',
  severity: 'medium',
  because: 'policies add up: it cancels every default deny of the namespace',
  reach: 'pod',
  appliesTo: 'object',
  kinds: POLICIES,
  why: 'What one policy allows no other can deny. A rule without peers and ports, for all pods, is as good as no policy, and whoever lists the policies of the namespace sees a default deny beside it.',
  references: [
    cis('5.3.2'),
    nsa('network policies'),
    kubernetesDocs('concepts/services-networking/network-policies/#allow-all-ingress-traffic'),
  ],
  evaluate({ object, index }, report) {
    const policy = readPolicy(object)
    reportMalformed(object, policy, report)
    for (const direction of ['ingress', 'egress'] as const) {
      if (!allowsAll(policy, direction)) continue
      const cancelled = others(direction)
      const names = cancelled.map((each) => each.object.ref.name).join(', ')
      const what = direction === 'ingress' ? 'connections to' : 'connections from'
      const effect = cancelled.length === 0 ? '' : `, and cancels ${names}`
      for (const rule of policy.rules[direction].filter(isAllowAll)) {
        report.fail(ruleEvidence(policy, rule, `${direction} of everyone on every port`), {
          message: `it allows all ${what} every pod of the namespace${effect}`,
          fix: advice(
            'Name who needs the connection, and the port, in the rule; for a namespace that is meant to be open delete the policy.',
            { breaks: `every connection that only this rule allows (${direction})` },
          ),
        })
      }
    }

    function others(direction: Direction) {
      return networkPoliciesOf(index)
        .inNamespace(object.ref.namespace)
        .filter(
          (each) =>
            each.object !== object &&
            each.isolates.includes(direction) &&
            selectsAll(each) &&
            !allowsAll(each, direction),
        )
        .slice(0, 5)
    }
  },
  examples: {
    bad: { manifests: policyWith('podSelector: {}\ningress:\n  - {}\npolicyTypes: [Ingress]') },
    good: {
      manifests: policyWith(
        'podSelector: {}\ningress:\n  - from: [{ podSelector: {} }]\npolicyTypes: [Ingress]',
      ),
    },
  },
})
