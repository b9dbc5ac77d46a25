import { asList, asString, field, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'

const SNAPSHOTS = 'snapshot.storage.k8s.io'

export const storageSnapshotWide = defineCheck({
  id: 'storage-snapshot-wide',
  title: 'Every snapshot of a namespace may be restored in another one',
  severity: 'info',
  because: 'advice: the grant may be meant so, for backups; it holds for every later snapshot too',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ReferenceGrant.gateway.networking.k8s.io'],
  why: 'A claim that is filled from a snapshot of another namespace reads all that was on the volume. A grant without a name opens the snapshots of databases that nobody thought of.',
  references: [
    kubernetesDocs('concepts/storage/persistent-volumes/#using-a-cross-namespace-volume-data-source'),
  ],
  evaluate({ object }, report) {
    const path = ['spec', 'to']
    const to = valueAt(object.content, path)
    if (to !== undefined && to !== null && !Array.isArray(to)) {
      return report.unknown(unknown('unparsable', '`to` should be a list', { kind: 'object', object, path }))
    }
    const froms = asList(valueAt(object.content, ['spec', 'from']))
      .filter((from) => field(from, 'kind') === 'PersistentVolumeClaim')
      .map((from) => asString(field(from, 'namespace')) ?? '')
    if (froms.length === 0) return
    asList(to).forEach((target, index) => {
      if (field(target, 'group') !== SNAPSHOTS || field(target, 'kind') !== 'VolumeSnapshot') return
      if ((asString(field(target, 'name')) ?? '') !== '') return
      const message = `claims of ${[...new Set(froms)].sort().join(', ')} may restore every snapshot of ${object.ref.namespace}`
      report.fail(
        { origin: { kind: 'object', object, path: [...path, index] }, key: 'every snapshot', message },
        {
          message,
          fix: advice('Name the snapshot in the grant, and remove the grant when it was restored.'),
        },
      )
    })
  },
  examples: {
    bad: grant(''),
    good: grant('\n      name: db-2026-11'),
  },
})

function grant(name: string): { manifests: string } {
  return {
    manifests: `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata:
  name: restore
  namespace: prod
spec:
  from:
    - group: ""
      kind: PersistentVolumeClaim
      namespace: test
  to:
    - group: snapshot.storage.k8s.io
      kind: VolumeSnapshot${name}
`,
  }
}
