import { absenceIsKnown } from '../../kube/index.js'
import { asObject, asString, field, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { INGRESSES, readable, tlsOf } from './ingress-parts.js'

export const ingressTlsSecretMissing = defineCheck({
  id: 'ingress-tls-secret-missing',
  title: 'An Ingress names a certificate that does not exist',
  severity: 'medium',
  because: 'the controller serves its own default certificate, which no client trusts',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: INGRESSES,
  why: 'People who meet a false certificate every day learn to accept it, also the one of somebody on the way. Some controllers fall back to plain HTTP.',
  references: [kubernetesDocs('concepts/services-networking/ingress/#tls')],
  evaluate({ object, index }, report) {
    if (!readable(object, report)) return
    const { namespace } = object.ref
    for (const { secret, at } of tlsOf(object)) {
      if (secret === undefined || secret === '') continue
      const path = [...at, 'secretName']
      const found = index.get('', 'Secret', namespace, secret)
      if (found !== undefined) {
        const keys = {
          ...asObject(field(found.content, 'data')),
          ...asObject(field(found.content, 'stringData')),
        }
        const lacks = ['tls.crt', 'tls.key'].filter((key) => keys[key] === undefined)
        if (lacks.length === 0 || asString(field(found.content, 'type')) === undefined) continue
        const message = `Secret ${secret} has no ${lacks.join(' and no ')}`
        report.fail(fieldEvidence(object, path, message), {
          message,
          fix: advice('Put the certificate and its key into the Secret, as type kubernetes.io/tls.'),
        })
        continue
      }
      if (!absenceIsKnown(index, '', 'Secret')) {
        report.unknown(
          unknown('no-source', `Secret ${secret} was not read, and the input need not hold all of them`, {
            kind: 'object',
            object,
            path,
          }),
        )
        continue
      }
      const message = `Secret ${secret} does not exist in ${namespace}`
      report.fail(fieldEvidence(object, path, message), {
        message,
        fix: advice(
          'Make the Secret in the namespace of the Ingress (type kubernetes.io/tls), or let cert-manager make it.',
        ),
      })
    }
  },
  examples: {
    bad: {
      complete: true,
      manifests: ingressWith(`tls: [{ secretName: web-tls }]\nrules: [${ruleFor('a.example')}]`),
    },
    good: {
      complete: true,
      manifests: `${ingressWith(`tls: [{ secretName: web-tls }]\nrules: [${ruleFor('a.example')}]`)}---\n${tlsSecret()}`,
    },
  },
})

function tlsSecret(): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: web-tls, namespace: shop }
type: kubernetes.io/tls
data: { tls.crt: LS0t, tls.key: LS0t }
`
}
