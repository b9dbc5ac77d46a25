import { checkTests } from '../../../test/kit/check-tests.js'
import { storagePvcReclaimRetainSecrets } from './storage-pvc-reclaim-retain-secrets.js'

const volume = (phase: string, spec = 'persistentVolumeReclaimPolicy: Retain'): { manifests: string } => ({
  manifests: `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec: {${spec}, claimRef: {namespace: shop, name: db}}\nstatus: {phase: ${phase}}\n`,
})

checkTests(storagePvcReclaimRetainSecrets, [
  {
    name: 'left behind',
    kind: 'failing',
    given: volume('Released'),
    expect: [{ result: 'fail', severity: 'info', message: /shop\/db/, path: 'status.phase', fix: 'advice' }],
  },
  { name: 'in use', kind: 'passing', given: volume('Bound'), expect: [] },
  {
    name: 'on its way out',
    kind: 'odd',
    given: volume('Released', 'persistentVolumeReclaimPolicy: Delete'),
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: volume('5'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
