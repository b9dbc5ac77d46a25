/** Rules of a guard: it is asked about pods. */
export const PODS = [
  { operations: ['CREATE', 'UPDATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] },
]

/** A webhook configuration as YAML, its only webhook in JSON on line 5. */
export function webhookWith(fields: object, kind = 'ValidatingWebhookConfiguration', name = 'guard'): string {
  const webhook = {
    name: 'guard.example.com',
    clientConfig: { service: { namespace: 'guard', name: 'guard' } },
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    rules: PODS,
    ...fields,
  }
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}
metadata: { name: ${name} }
webhooks:
  - ${JSON.stringify(webhook)}
`
}

/** Any object as a YAML document in JSON; apiVersion, kind and name first. */
export function objectOf(
  apiVersion: string,
  kind: string,
  name: string,
  more: object = {},
  namespace?: string,
): string {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) }
  return `---\n${JSON.stringify({ apiVersion, kind, metadata, ...more })}\n`
}
