import { checkTests } from '../../../test/kit/check-tests.js'
import { storageStorageclassUnencrypted } from './storage-storageclass-unencrypted.js'

const made = (provisioner: string, parameters: string): { manifests: string } => ({
  manifests: `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: ${provisioner}\nparameters: ${parameters}\n`,
})

checkTests(storageStorageclassUnencrypted, [
  {
    name: 'the switch is not set',
    kind: 'failing',
    given: made('ebs.csi.aws.com', '{type: gp3}'),
    expect: [{ result: 'fail', severity: 'info', path: 'parameters.encrypted', fix: 'advice' }],
  },
  { name: 'it is', kind: 'passing', given: made('ebs.csi.aws.com', '{encrypted: "true"}'), expect: [] },
  {
    name: 'it is off',
    kind: 'odd',
    given: made('driver.longhorn.io', '{encrypted: "false"}'),
    expect: [{ result: 'fail' }],
  },
  { name: 'a driver without a switch', kind: 'odd', given: made('disk.csi.azure.com', '{}'), expect: [] },
  {
    name: 'no parameters',
    kind: 'odd',
    given: made('rbd.csi.ceph.com', 'null'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no mapping',
    kind: 'unknown',
    given: made('ebs.csi.aws.com', '[encrypted]'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
