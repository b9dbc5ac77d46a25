import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { INGRESSES, isAcmeSolver, readable, rulesOf } from './ingress-parts.js'

export const ingressWildcardHost = defineCheck({
  id: 'ingress-wildcard-host',
  title: 'An Ingress takes every host of a domain',
  why: 'A wildcard takes requests for names that nobody meant: a mistyped name, one that was given up, one that another team believes to be its own.',
  severity: 'low',
  because: 'it answers for names that nobody wrote down',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  references: [kubernetesDocs('concepts/services-networking/ingress/#hostname-wildcards')],
  evaluate({ object }, report) {
    if (!readable(object, report) || isAcmeSolver(object)) return
    for (const { host, at } of rulesOf(object)) {
      if (host?.startsWith('*') !== true) continue
      report.fail(fieldEvidence(object, [...at, 'host'], `host ${host}`), {
        message: `it takes every host of ${host.slice(2)}`,
        fix: advice('Name the hosts that the application serves.', {
          breaks: 'clients that use other names',
        }),
      })
    }
  },
  examples: {
    bad: { manifests: ingressWith(`rules: [${ruleFor('*.shop.example')}]`) },
    good: { manifests: ingressWith(`rules: [${ruleFor('www.shop.example')}]`) },
  },
})
