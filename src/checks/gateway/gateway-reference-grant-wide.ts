import { asList, asString, field, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const gatewayReferenceGrantWide = defineCheck({
  id: 'gateway-reference-grant-wide',
  title: 'A ReferenceGrant opens every Secret of its namespace',
  severity: 'medium',
  because: 'each of the namespaces that it names may serve with all certificates and keys of this one',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ReferenceGrant.gateway.networking.k8s.io'],
  why: 'Without a name the grant is for every Secret of the namespace, those that are made tomorrow among them. A Gateway of the other namespace can serve any of them as its certificate.',
  references: ['https://gateway-api.sigs.k8s.io/api-types/referencegrant/'],
  evaluate({ object }, report) {
    const to = valueAt(object.content, ['spec', 'to']) ?? []
    if (!Array.isArray(to)) {
      return report.unknown(
        unknown('unparsable', '`to` is no list', { kind: 'object', object, path: ['spec', 'to'] }),
      )
    }
    const from = asList(valueAt(object.content, ['spec', 'from'])).flatMap(
      (each) => asString(field(each, 'namespace')) ?? [],
    )
    for (const [at, each] of to.entries()) {
      const name = asString(field(each, 'name')) ?? ''
      if ((asString(field(each, 'group')) ?? '') !== '' || field(each, 'kind') !== 'Secret' || name !== '')
        continue
      report.fail(fieldEvidence(object, ['spec', 'to', at], 'kind Secret, without a name', 'Secret'), {
        message: `every Secret of ${object.ref.namespace} may be used from ${[...new Set(from)].join(', ')}`,
        fix: advice('Name the Secret in `to`, one entry for each.', {
          breaks: 'Gateways that use a Secret that is not named',
        }),
      })
    }
  },
  examples: {
    bad: { manifests: grant('{ kind: Secret, group: "" }') },
    good: { manifests: grant('{ kind: Secret, group: "", name: web-tls }') },
  },
})

function grant(to: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: certificates, namespace: tls }
spec: { from: [{ group: gateway.networking.k8s.io, kind: Gateway, namespace: edge }], to: [${to}] }
`
}
