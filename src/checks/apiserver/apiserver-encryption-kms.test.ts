import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverEncryptionKms } from './apiserver-encryption-kms.js'
import { ENCRYPTION, ENCRYPTION_UNSEEN, encryptedWith, KMS, SECRETBOX } from './example-encryption.js'

checkTests(apiserverEncryptionKms, [
  {
    name: 'a key in the file',
    kind: 'failing',
    given: encryptedWith([SECRETBOX, KMS]),
    expect: [
      { result: 'fail', severity: 'info', path: 'secretbox', file: ENCRYPTION, line: 6, fix: 'advice' },
    ],
  },
  { name: 'kms writes', kind: 'passing', given: encryptedWith([KMS, SECRETBOX]), expect: [] },
  {
    name: 'in clear',
    kind: 'odd',
    given: encryptedWith(['identity: {}', KMS]),
    expect: [{ result: 'notApplicable', message: 'Secrets are not encrypted' }],
  },
  {
    name: 'a file that was not read',
    kind: 'unknown',
    given: ENCRYPTION_UNSEEN,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  ...unseenRows('kube-apiserver'),
])
