import { checkTests } from '../../../test/kit/check-tests.js'
import { storagePvHostPath } from './storage-pv-host-path.js'

const volume = (spec: string, annotations = ''): { manifests: string } => ({
  manifests: `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv, annotations: {${annotations}}}\nspec: {${spec}}\n`,
})

checkTests(storagePvHostPath, [
  {
    name: 'a folder of the node',
    kind: 'failing',
    given: volume('hostPath: {path: /srv}'),
    expect: [{ result: 'fail', severity: 'medium', path: 'spec.hostPath.path', fix: 'advice' }],
  },
  { name: 'a local volume', kind: 'passing', given: volume('local: {path: /mnt/disks/a}'), expect: [] },
  {
    name: 'made by a provisioner',
    kind: 'odd',
    given: volume(
      'hostPath: {path: /opt/local-path-provisioner/a}',
      'pv.kubernetes.io/provisioned-by: rancher.io/local-path',
    ),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'no path',
    kind: 'unknown',
    given: volume('hostPath: {path: 5}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
