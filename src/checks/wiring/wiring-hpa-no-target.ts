import { asString, field, unknown, valueAt } from '../../model/index.js'
import { deploymentWith } from './example-wiring.js'
import { judgeMissing } from './judge-missing.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'

export const wiringHpaNoTarget = defineCheck({
  id: 'wiring-hpa-no-target',
  title: 'An autoscaler scales something that does not exist',
  severity: 'low',
  because: 'the workload that is meant does not scale',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['HorizontalPodAutoscaler.autoscaling'],
  byDefault: 'manifests',
  why: 'The workload was renamed: under load it stays as small as it is, and the autoscaler only writes events.',
  references: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
  evaluate({ object, index }, report) {
    const path = ['spec', 'scaleTargetRef']
    const target = valueAt(object.content, path)
    const kind = asString(field(target, 'kind'))
    const name = asString(field(target, 'name'))
    if (kind === undefined || name === undefined) {
      return report.unknown(
        unknown('unparsable', '`scaleTargetRef` names nothing', { kind: 'object', object, path }),
      )
    }
    const version = asString(field(target, 'apiVersion')) ?? ''
    const group = version.includes('/') ? (version.split('/')[0] ?? '') : ''
    judgeMissing(
      object,
      index,
      report,
      { group, kind, namespace: object.ref.namespace, name, path },
      {
        fix: advice('Name the workload that is meant.'),
      },
    )
  },
  examples: {
    bad: { complete: true, manifests: `${hpa('wbe')}---\n${deploymentWith()}` },
    good: { complete: true, manifests: `${hpa('web')}---\n${deploymentWith()}` },
  },
})

function hpa(name: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} } }
`
}
