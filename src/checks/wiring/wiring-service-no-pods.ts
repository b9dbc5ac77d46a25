import { absenceIsKnown, podsWithLabels } from '../../kube/index.js'
import { isObject, unknown, valueAt } from '../../model/index.js'
import { deploymentWith, serviceWith } from './example-wiring.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const wiringServiceNoPods = defineCheck({
  id: 'wiring-service-no-pods',
  title: 'A Service leads to no pod',
  severity: 'low',
  because: 'clients of the Service get no answer',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Service'],
  byDefault: 'manifests',
  why: 'A label was renamed or mistyped in one of the two places. A NetworkPolicy or an exposure that was reasoned about for these pods is about nothing.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  evaluate({ object, index }, report) {
    const path = ['spec', 'selector']
    const selector = valueAt(object.content, path) ?? {}
    if (!isObject(selector)) {
      return report.unknown(
        unknown('unparsable', 'the selector is no mapping', { kind: 'object', object, path }),
      )
    }
    // Without a selector somebody else writes the endpoints.
    if (
      Object.keys(selector).length === 0 ||
      podsWithLabels(index, object.ref.namespace, selector).length > 0
    )
      return
    if (!absenceIsKnown(index, '', 'Pod')) {
      const detail = 'no pod that it selects was read, and the input need not hold all of them'
      return report.unknown(unknown('no-source', detail, { kind: 'object', object, path }))
    }
    report.fail(fieldEvidence(object, path, 'no pod of the namespace has these labels'), {
      fix: advice('Write the labels of the pods that are meant, or delete the Service.'),
    })
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${deploymentWith()}---\n${serviceWith('{ selector: { app: wbe } }')}`,
    },
    good: {
      complete: true,
      manifests: `${deploymentWith()}---\n${serviceWith('{ selector: { app: web } }')}`,
    },
  },
})
