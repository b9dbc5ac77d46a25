import { nginxPrefixes } from '../../kube/index.js'
import { isObject, unknown, valueAt, type Fix, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { annotationOf, INGRESSES, readable, tlsOf } from './ingress-parts.js'

export const ingressPlainRedirectOff = defineCheck({
  id: 'ingress-plain-redirect-off',
  title: 'An Ingress with TLS serves plain HTTP too',
  severity: 'low',
  because: 'whoever types the address without https is served in clear',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'With TLS the controller sends plain HTTP on to https. Switched off, a first request, with its cookies, can be read and answered by somebody on the way.',
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/tls/#server-side-https-enforcement-through-redirect',
  ],
  evaluate({ object, index }, report) {
    if (!readable(object, report)) return
    const annotations = valueAt(object.content, ['metadata', 'annotations']) ?? {}
    if (!isObject(annotations)) {
      return report.unknown(
        unknown('unparsable', 'annotations are no mapping', {
          kind: 'object',
          object,
          path: ['metadata', 'annotations'],
        }),
      )
    }
    if (tlsOf(object).length === 0) return
    for (const prefix of nginxPrefixes(index)) {
      const name = `${prefix}/ssl-redirect`
      if (
        annotationOf(object, name) !== 'false' ||
        annotationOf(object, `${prefix}/force-ssl-redirect`) === 'true'
      )
        continue
      report.fail(fieldEvidence(object, ['metadata', 'annotations', name], `${name} is false`, name), {
        message: 'plain HTTP is not sent on to https',
        fix: removal(object, name),
      })
    }
  },
  examples: {
    bad: { manifests: example('nginx.ingress.kubernetes.io/ssl-redirect: "false"') },
    good: { manifests: example('nginx.ingress.kubernetes.io/proxy-body-size: 8m') },
  },
})

function example(annotation: string): string {
  return ingressWith(`tls: [{ hosts: [a.example] }]\nrules: [${ruleFor('a.example')}]`, annotation)
}

function removal(object: KubeObject, name: string): Fix {
  const breaks = 'clients that speak plain HTTP and do not follow redirects'
  const text = `Take \`${name}\` away.`
  if (object.source !== 'manifest') return advice(text, { breaks })
  const edit = {
    file: object.slice.file,
    object: object.ref,
    op: 'remove',
    path: ['metadata', 'annotations', name],
  } as const
  return { text, edits: [edit], commands: [], risk: 'traffic', needs: [], breaks }
}
