import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { INGRESSES, isAcmeSolver, readable, rulesOf } from './ingress-parts.js'

export const ingressEmptyHost = defineCheck({
  id: 'ingress-empty-host',
  title: 'An Ingress takes requests for every host',
  why: 'A rule without a host answers under every name and under the bare address: names of other teams that have no rule of their own, and requests of scanners and of browsers whose DNS was turned.',
  severity: 'low',
  because: 'it answers for names that nobody wrote down',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  references: [kubernetesDocs('concepts/services-networking/ingress/#hostname-wildcards')],
  evaluate({ object }, report) {
    if (!readable(object, report) || isAcmeSolver(object)) return
    for (const { host, at } of rulesOf(object)) {
      if (host !== undefined) continue
      report.fail(fieldEvidence(object, at, 'the rule has no host'), {
        message: 'a rule takes requests for every host',
        fix: advice('Name the hosts that the application serves.', {
          breaks: 'clients that use other names',
        }),
      })
    }
  },
  examples: {
    bad: { manifests: ingressWith(`rules: [${ruleFor(undefined)}]`) },
    good: { manifests: ingressWith(`rules: [${ruleFor('www.shop.example')}]`) },
  },
})
