import { asString, field, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'

export const storagePvcReclaimRetainSecrets = defineCheck({
  id: 'storage-pvc-reclaim-retain-secrets',
  title: 'The data of a claim that is gone are still there',
  severity: 'info',
  because: 'advice: kept on purpose or forgotten; nobody watches over them any more',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['PersistentVolume'],
  why: 'A volume with the policy Retain keeps its data when the claim is deleted: databases, keys and tokens of a workload that no longer runs. Whoever may change PersistentVolumes takes the reference away and binds it.',
  references: [kubernetesDocs('concepts/storage/persistent-volumes/#retain')],
  evaluate({ object }, report) {
    const path = ['status', 'phase']
    const phase = valueAt(object.content, path)
    if (phase !== undefined && phase !== null && asString(phase) === undefined) {
      return report.unknown(unknown('unparsable', '`phase` is not a text', { kind: 'object', object, path }))
    }
    // Volumes made by hand are retained by default. Source: kubernetes v1.36.2 pkg/apis/core/v1/defaults.go.
    const policy = valueAt(object.content, ['spec', 'persistentVolumeReclaimPolicy']) ?? 'Retain'
    if (phase !== 'Released' || policy !== 'Retain') return
    const claim = valueAt(object.content, ['spec', 'claimRef'])
    const owner = [field(claim, 'namespace'), field(claim, 'name')]
      .map((part) => asString(part) ?? '?')
      .join('/')
    report.fail(
      { origin: { kind: 'object', object, path }, message: 'Released, and retained' },
      {
        message: `it still holds the data of claim ${owner}, which is gone`,
        fix: advice('Save what is needed, then delete the volume and its storage behind it.', {
          breaks: 'the way back to the data',
        }),
      },
    )
  },
  examples: {
    bad: volume('Released'),
    good: volume('Bound'),
  },
})

function volume(phase: string): { manifests: string } {
  return {
    manifests: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  persistentVolumeReclaimPolicy: Retain
  claimRef:
    namespace: shop
    name: db
status:
  phase: ${phase}
`,
  }
}
