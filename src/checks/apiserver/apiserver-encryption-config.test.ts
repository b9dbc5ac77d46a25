import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverEncryptionConfig } from './apiserver-encryption-config.js'
import { apiserverWith } from './example-apiserver.js'
import { ENCRYPTION_UNSEEN } from './example-encryption.js'

checkTests(apiserverEncryptionConfig, [
  {
    name: 'no configuration',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'high', path: 'encryption-provider-config', fix: 'advice' }],
  },
  { name: 'a configuration, whatever it says', kind: 'passing', given: ENCRYPTION_UNSEEN, expect: [] },
  {
    name: 'an empty path',
    kind: 'odd',
    given: apiserverWith(['--encryption-provider-config=']),
    expect: [{ result: 'fail', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
