import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverEncryptionKmsV1 } from './apiserver-encryption-kms-v1.js'
import { apiserverWith } from './example-apiserver.js'
import { ENCRYPTION, ENCRYPTION_UNSEEN, encryptedWith, KMS, SECRETBOX } from './example-encryption.js'

const UNSAID = KMS.replace('apiVersion: v2, ', '')

checkTests(apiserverEncryptionKmsV1, [
  {
    name: 'said so',
    kind: 'failing',
    given: encryptedWith([KMS.replace('v2', 'v1')]),
    expect: [
      { result: 'fail', severity: 'medium', path: 'kms vault', file: ENCRYPTION, line: 6, fix: 'advice' },
    ],
  },
  {
    name: 'unsaid is version 1, behind another one too',
    kind: 'odd',
    given: encryptedWith([SECRETBOX, UNSAID]),
    expect: [
      {
        result: 'fail',
        message: 'the kms provider `vault` is of version 1, which needs the feature gate KMSv1',
      },
    ],
  },
  { name: 'version 2', kind: 'passing', given: encryptedWith([KMS]), expect: [] },
  { name: 'no kms', kind: 'odd', given: encryptedWith([SECRETBOX]), expect: [] },
  {
    name: 'not set up',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a file that was not read',
    kind: 'unknown',
    given: ENCRYPTION_UNSEEN,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  ...unseenRows('kube-apiserver'),
])
