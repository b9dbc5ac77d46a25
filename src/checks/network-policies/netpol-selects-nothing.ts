import { absenceIsKnown, podsSelectedBy, readPolicy, selectsAll } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { deploymentOf, documents, policyWith } from './example-network.js'
import { reportMalformed } from './open-rules.js'
import { POLICIES } from './policy-kinds.js'

export const netpolSelectsNothing = defineCheck({
  id: 'netpol-selects-nothing',
  title: 'A NetworkPolicy selects no pod',
  severity: 'low',
  because: 'the pods that it was written for are not isolated by it',
  reach: 'pod',
  appliesTo: 'object',
  kinds: POLICIES,
  why: 'A label was renamed, or mistyped: the policy is there, and the pods that it names are as open as without it.',
  references: [kubernetesDocs('concepts/services-networking/network-policies/#networkpolicy-resource')],
  evaluate({ object, index }, report) {
    const policy = readPolicy(object)
    if (reportMalformed(object, policy, report) || selectsAll(policy)) return
    if (podsSelectedBy(index, object.ref.namespace, policy.selector).length > 0) return
    const origin = { kind: 'object', object, path: ['spec', 'podSelector'] } as const
    if (!absenceIsKnown(index, '', 'Pod')) {
      const detail = 'no pod that it selects was read, and the input need not hold all of them'
      return report.unknown(unknown('no-source', detail, origin))
    }
    report.fail(
      { origin, message: 'no pod of the namespace has these labels' },
      { fix: advice('Write the labels of the pods that are meant, or delete the policy.') },
    )
  },
  examples: {
    bad: {
      complete: true,
      manifests: documents(deploymentOf('web'), policyWith('podSelector: { matchLabels: { app: wbe } }')),
    },
    good: {
      complete: true,
      manifests: documents(deploymentOf('web'), policyWith('podSelector: { matchLabels: { app: web } }')),
    },
  },
})
