import { absenceIsKnown, inNamespace, selectorMatches } from '../../kube/index.js'
import { asStrings, field, isObject, unknown, valueAt } from '../../model/index.js'
import { serviceWith } from './example-wiring.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const wiringServicemonitorNoService = defineCheck({
  id: 'wiring-servicemonitor-no-service',
  title: 'A ServiceMonitor selects no Service',
  severity: 'info',
  because: 'what it is meant to watch is not watched',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ServiceMonitor.monitoring.coreos.com'],
  byDefault: 'manifests',
  why: 'A label was renamed: no target, no metric, and an alert that never fires.',
  references: ['https://prometheus-operator.dev/docs/developer/getting-started/'],
  evaluate({ object, index }, report) {
    const path = ['spec', 'selector']
    const selector = valueAt(object.content, path)
    if (!isObject(selector)) {
      return report.unknown(
        unknown('unparsable', 'the selector is no mapping', { kind: 'object', object, path }),
      )
    }
    const scope = valueAt(object.content, ['spec', 'namespaceSelector'])
    const names = asStrings(field(scope, 'matchNames'))
    const services =
      field(scope, 'any') === true
        ? index.ofKind('', 'Service')
        : (names.length > 0 ? names : [object.ref.namespace]).flatMap((name) =>
            inNamespace(index, '', 'Service', name),
          )
    if (
      services.some(({ content }) =>
        selectorMatches(selector, valueAt(content, ['metadata', 'labels']) ?? {}),
      )
    )
      return
    if (!absenceIsKnown(index, '', 'Service')) {
      const detail = 'no Service that it selects was read, and the input need not hold all of them'
      return report.unknown(unknown('no-source', detail, { kind: 'object', object, path }))
    }
    report.fail(fieldEvidence(object, path, 'no Service has these labels'), {
      fix: advice('Write the labels of the Service (its own, not those of its pods).'),
    })
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${monitor('{ matchLabels: { app: web } }')}---\n${serviceWith('{}')}`,
    },
    good: { complete: true, manifests: `${monitor('{}')}---\n${serviceWith('{}')}` },
  },
})

function monitor(selector: string): string {
  return `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web, namespace: shop }
spec: { selector: ${selector} }
`
}
