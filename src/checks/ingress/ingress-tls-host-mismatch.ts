import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { coversHost, endsTlsElsewhere, INGRESSES, readable, rulesOf, tlsOf } from './ingress-parts.js'

export const ingressTlsHostMismatch = defineCheck({
  id: 'ingress-tls-host-mismatch',
  title: 'An Ingress serves a host for which it names no certificate',
  severity: 'medium',
  because: 'the host is served over plain HTTP, or with a certificate of somebody else',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'The hosts of `tls` decide which names get a certificate. A name that was added to the rules alone, or mistyped in one of the two, has none.',
  references: [kubernetesDocs('concepts/services-networking/ingress/#tls')],
  evaluate({ object }, report) {
    if (!readable(object, report) || endsTlsElsewhere(object)) return
    const tls = tlsOf(object)
    // An entry without hosts is the certificate for all that the load balancer serves.
    if (tls.length === 0 || tls.some(({ hosts }) => hosts.length === 0)) return
    const named = tls.flatMap(({ hosts }) => hosts)
    const fix = advice('Write the same hosts in `tls` and in the rules.', {
      breaks: 'nothing, once the certificate holds the names',
    })
    for (const { host, at } of rulesOf(object)) {
      if (host === undefined || named.some((pattern) => coversHost(pattern, host))) continue
      report.fail(fieldEvidence(object, [...at, 'host'], `${host} is in no entry of \`tls\``), {
        message: `${host} has no certificate: \`tls\` names ${named.slice(0, 5).join(', ')}`,
        fix,
      })
    }
  },
  examples: {
    bad: {
      manifests: ingressWith(`tls: [{ hosts: [shop.example] }]\nrules: [${ruleFor('www.shop.example')}]`),
    },
    good: {
      manifests: ingressWith(`tls: [{ hosts: [www.shop.example] }]\nrules: [${ruleFor('www.shop.example')}]`),
    },
  },
})
