import { asObject, asString, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const istioPermissive = defineCheck({
  id: 'istio-permissive',
  title: 'The mesh takes requests in clear',
  severity: 'info',
  because: 'a workload outside of the mesh is served without an identity',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['PeerAuthentication.security.istio.io'],
  why: 'With mode PERMISSIVE for the whole mesh every workload takes plain requests beside mutual TLS. Rules that ask for an identity are passed by whoever sends none, where they allow it.',
  references: [
    'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
    'https://istio.io/latest/docs/ops/best-practices/security/',
  ],
  evaluate({ object }, report) {
    const selector = asObject(valueAt(object.content, ['spec', 'selector']))
    // Source: istio.io, PeerAuthentication: without a selector in the root namespace it is the policy of the mesh.
    if (object.ref.namespace !== 'istio-system' || Object.keys(selector).length > 0) return
    const path = ['spec', 'mtls', 'mode']
    const mode = valueAt(object.content, path) ?? 'UNSET'
    if (asString(mode) === undefined) {
      return report.unknown(unknown('unparsable', '`mode` is no text', { kind: 'object', object, path }))
    }
    if (mode !== 'PERMISSIVE' && mode !== 'UNSET') return
    report.fail(
      fieldEvidence(
        object,
        path,
        `mode ${mode === 'UNSET' ? 'is not set, which means PERMISSIVE' : 'is PERMISSIVE'}`,
        'mode',
      ),
      {
        fix: advice(
          'Once every client is in the mesh, set mode STRICT for the mesh, or namespace by namespace.',
          {
            breaks:
              'clients outside of the mesh, probes and monitoring among them where they are not rewritten',
          },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: peers('PERMISSIVE') },
    good: { manifests: peers('STRICT') },
  },
})

function peers(mode: string): string {
  return `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: ${mode} } }
`
}
