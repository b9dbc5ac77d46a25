import type { EstateInput } from '../../model/index.js'
import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverEncryptionConfig } from './apiserver-encryption-config.js'
import { staticPodWith } from '../example-control-plane.js'
import { apiserverWith } from './example-apiserver.js'
import { ENCRYPTION_UNSEEN } from './example-encryption.js'

/** An API server without encryption, beside an etcd with these flags and a database of this mode. */
function besideEtcd(flags: readonly string[], mode = 0o600): EstateInput {
  const etcd = staticPodWith('etcd', flags).hosts?.['cp-1']?.files ?? {}
  return apiserverWith(['--v=2'], {
    files: { ...etcd, '/var/lib/etcd/member/snap/db': { text: '', mode, uid: 997, gid: 997 } },
  })
}
const CLIENTS = '--listen-client-urls=https://127.0.0.1:2379,https://10.0.0.4:2379'

checkTests(apiserverEncryptionConfig, [
  {
    name: 'no configuration',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'medium', path: 'encryption-provider-config', fix: 'advice' }],
  },
  { name: 'a configuration, whatever it says', kind: 'passing', given: ENCRYPTION_UNSEEN, expect: [] },
  {
    name: 'an empty path',
    kind: 'odd',
    given: apiserverWith(['--encryption-provider-config=']),
    expect: [{ result: 'fail', line: 11 }],
  },
  {
    name: 'etcd asks for certificates and keeps its files to itself, as kubeadm makes it',
    kind: 'failing',
    given: besideEtcd([
      CLIENTS,
      '--client-cert-auth=true',
      '--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
    ]),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'etcd answers clients without a certificate',
    kind: 'failing',
    given: besideEtcd([CLIENTS]),
    expect: [{ result: 'fail', severity: 'high', message: /without a certificate/ }],
  },
  {
    name: 'etcd answers without TLS',
    kind: 'failing',
    given: besideEtcd(['--listen-client-urls', 'http://0.0.0.0:2379', '--client-cert-auth']),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'etcd answers its own host alone, and a client CA asks by itself',
    kind: 'odd',
    given: besideEtcd([
      '-listen-client-urls=http://127.0.0.1:2379,https://10.0.0.4:2379',
      '--trusted-ca-file=/ca.crt',
    ]),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'every user of the host may read the database',
    kind: 'failing',
    given: besideEtcd(['--client-cert-auth=true', '--data-dir=/var/lib/etcd'], 0o644),
    expect: [{ result: 'fail', severity: 'high', message: /may read the database/ }],
  },
  ...unseenRows('kube-apiserver'),
])
