import { field, inWords, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { INGRESSES, readable } from './ingress-parts.js'

export const ingressDefaultBackend = defineCheck({
  id: 'ingress-default-backend',
  title: 'An Ingress takes every request that no rule matches',
  severity: 'info',
  because: 'with most controllers the default of one Ingress is the default of all',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'A default backend answers for hosts and paths that no rule names. Several of them compete, and one that serves an application shows it under every name.',
  references: [kubernetesDocs('concepts/services-networking/ingress/#default-backend')],
  evaluate({ object }, report) {
    if (!readable(object, report)) return
    for (const key of ['defaultBackend', 'backend']) {
      const backend = valueAt(object.content, ['spec', key])
      if (backend === undefined || backend === null) continue
      const name = inWords(
        valueAt(backend, ['service', 'name']) ??
          field(backend, 'serviceName') ??
          valueAt(backend, ['resource', 'name']),
      )
      report.fail(fieldEvidence(object, ['spec', key], `the default backend is ${name}`), {
        message: `${name} takes every request that no rule matches`,
        fix: advice('Send what matches no rule to a Service that answers 404.', {
          breaks: 'clients that use names without a rule',
        }),
      })
    }
  },
  examples: {
    bad: { manifests: ingressWith('defaultBackend: { service: { name: web, port: { number: 80 } } }') },
    good: { manifests: ingressWith(`rules: [${ruleFor('shop.example')}]`) },
  },
})
