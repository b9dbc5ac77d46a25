import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { serviceWith } from './example-service.js'

export const servicePublishUnready = defineCheck({
  id: 'service-publish-unready',
  title: 'A Service sends clients to pods that are not ready',
  severity: 'info',
  because: 'readiness is what pods use to say that they must not be asked yet',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Service'],
  why: '`publishNotReadyAddresses` is for peers that find each other before they are ready. A Service for clients that sets it sends requests to pods that have not loaded their rules or keys.',
  references: [kubernetesDocs('reference/kubernetes-api/service-resources/service-v1/')],
  evaluate({ object }, report) {
    const path = ['spec', 'publishNotReadyAddresses']
    const value = valueAt(object.content, path) ?? false
    if (typeof value !== 'boolean') {
      return report.unknown(
        unknown('unparsable', '`publishNotReadyAddresses` is no boolean', { kind: 'object', object, path }),
      )
    }
    // A headless Service is how the members of a StatefulSet find each other: there it belongs.
    if (!value || valueAt(object.content, ['spec', 'clusterIP']) === 'None') return
    report.fail(fieldEvidence(object, path, '`publishNotReadyAddresses` is true'), {
      fix: advice('Take `publishNotReadyAddresses` away, or move it to a headless Service for the peers.', {
        breaks: 'clients that must find pods before they are ready',
      }),
    })
  },
  examples: {
    bad: { manifests: serviceWith('publishNotReadyAddresses: true\nports: [{ port: 80 }]') },
    good: {
      manifests: serviceWith('clusterIP: None\npublishNotReadyAddresses: true\nports: [{ port: 80 }]'),
    },
  },
})
