import { checkTests } from '../../../test/kit/check-tests.js'
import { storageSnapshotWide } from './storage-snapshot-wide.js'

const grant = (to: string, from = 'PersistentVolumeClaim'): { manifests: string } => ({
  manifests: `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: a, namespace: prod}
spec:
  from: [{group: "", kind: ${from}, namespace: test}]
  to: ${to}
`,
})
const SNAPSHOT = 'group: snapshot.storage.k8s.io, kind: VolumeSnapshot'

checkTests(storageSnapshotWide, [
  {
    name: 'every snapshot',
    kind: 'failing',
    given: grant(`[{${SNAPSHOT}}]`),
    expect: [
      { result: 'fail', severity: 'info', message: /test .* prod/, path: 'every snapshot', fix: 'advice' },
    ],
  },
  { name: 'one snapshot', kind: 'passing', given: grant(`[{${SNAPSHOT}, name: db}]`), expect: [] },
  {
    name: 'a grant for routes',
    kind: 'odd',
    given: grant('[{group: "", kind: Service}]', 'HTTPRoute'),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: grant('{}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
