import { asStrings, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { serviceWith } from './example-service.js'

export const serviceExternalIps = defineCheck({
  id: 'service-external-ips',
  title: 'A Service takes traffic for addresses that it names itself',
  severity: 'high',
  because:
    'every node sends traffic for these addresses to the pods of the Service, whoever they belong to (CVE-2020-8554)',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Service'],
  why: 'Whoever may create Services of this kind takes over connections of pods and nodes to any address, an address of another service or of the internet among them.',
  references: [
    nsa('network separation'),
    'https://github.com/kubernetes/kubernetes/issues/97076',
    'https://kubernetes.io/docs/concepts/services-networking/service/#external-ips',
  ],
  evaluate({ object }, report) {
    const value = valueAt(object.content, ['spec', 'externalIPs']) ?? null
    const path = ['spec', 'externalIPs']
    const addresses = asStrings(value)
    if (value !== null && !Array.isArray(value)) {
      return report.unknown(
        unknown('unparsable', '`externalIPs` is no list', { kind: 'object', object, path }),
      )
    }
    if (addresses.length === 0) return
    const listed = addresses.join(', ')
    const breaks = `clients that reach the Service at ${listed}`
    const text =
      'Take `externalIPs` away; use a load balancer or an Ingress for what must be reached from outside.'
    report.fail(fieldEvidence(object, path, `externalIPs: ${listed}`), {
      message: `nodes send traffic for ${listed} to its pods`,
      fix:
        object.source === 'manifest'
          ? {
              text,
              edits: [{ file: object.slice.file, object: object.ref, op: 'remove', path }],
              commands: [],
              risk: 'traffic',
              needs: [],
              breaks,
            }
          : advice(text, { breaks }),
    })
  },
  examples: {
    bad: { manifests: serviceWith('externalIPs: [192.0.2.10]\nports: [{ port: 443 }]') },
    good: { manifests: serviceWith('ports: [{ port: 443 }]') },
  },
})
