import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { endsTlsElsewhere, INGRESSES, isAcmeSolver, readable, rulesOf, tlsOf } from './ingress-parts.js'

export const ingressNoTls = defineCheck({
  id: 'ingress-no-tls',
  title: 'An Ingress serves plain HTTP alone',
  severity: 'medium',
  because: 'whoever is on the way reads sessions and passwords and changes what is sent',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'Without `tls` the controller has no certificate for the hosts of the Ingress, so clients reach them over plain HTTP, or are shown a certificate of somebody else and learn to click it away.',
  references: [nsa('encryption in transit'), kubernetesDocs('concepts/services-networking/ingress/#tls')],
  evaluate({ object }, report) {
    if (
      !readable(object, report) ||
      isAcmeSolver(object) ||
      tlsOf(object).length > 0 ||
      endsTlsElsewhere(object)
    )
      return
    const hosts = [...new Set(rulesOf(object).map(({ host }) => host ?? 'every host'))]
    const message = `no TLS for ${hosts.length === 0 ? 'any host' : hosts.slice(0, 5).join(', ')}`
    report.fail(fieldEvidence(object, ['spec', 'tls'], '`tls` is not set'), {
      message,
      fix: advice(
        'Name the hosts and a Secret with their certificate in `spec.tls` (cert-manager makes and renews it).',
        {
          breaks: 'clients that speak plain HTTP and do not follow redirects',
        },
      ),
    })
  },
  examples: {
    bad: { manifests: ingressWith(`rules: [${ruleFor('shop.example')}]`) },
    good: {
      manifests: ingressWith(
        `tls: [{ hosts: [shop.example], secretName: web-tls }]\nrules: [${ruleFor('shop.example')}]`,
      ),
    },
  },
})
