import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverEncryptionProviders } from './apiserver-encryption-providers.js'
import { apiserverWith } from './example-apiserver.js'
import {
  AESCBC,
  ENCRYPTION,
  ENCRYPTION_UNSEEN,
  encryptedWith,
  encryptionFile,
  KMS,
  SECRETBOX,
} from './example-encryption.js'

const FLAG = `--encryption-provider-config=${ENCRYPTION}`
const IDENTITY = 'identity: {}'

checkTests(apiserverEncryptionProviders, [
  {
    name: 'identity first',
    kind: 'failing',
    given: encryptedWith([IDENTITY, SECRETBOX]),
    expect: [
      { result: 'fail', severity: 'high', path: 'identity', file: ENCRYPTION, line: 6, fix: 'advice' },
    ],
  },
  {
    name: 'Secrets are not named',
    kind: 'failing',
    given: encryptedWith([SECRETBOX], { resources: '[configmaps, "*.apps"]' }),
    expect: [{ result: 'fail', severity: 'high', path: 'secrets', message: /not among the resources/ }],
  },
  {
    name: 'aescbc',
    kind: 'failing',
    given: encryptedWith([AESCBC, IDENTITY]),
    expect: [{ result: 'fail', severity: 'medium', path: 'aescbc', message: /encrypted with aescbc/ }],
  },
  {
    name: 'the key can be read by everyone',
    kind: 'failing',
    given: encryptedWith([SECRETBOX], { file: { mode: 0o644 } }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'file',
        message: 'the keys can be read by others than root',
        fix: 'commands',
      },
    ],
  },
  { name: 'secretbox first', kind: 'passing', given: encryptedWith([SECRETBOX, IDENTITY]), expect: [] },
  {
    name: 'kms, and no key in the file',
    kind: 'odd',
    given: encryptedWith([KMS], { file: { mode: 0o644 } }),
    expect: [],
  },
  {
    name: 'by a wildcard',
    kind: 'odd',
    given: encryptedWith([SECRETBOX], { resources: '["*.*"]' }),
    expect: [],
  },
  {
    name: 'an old key is still read, from an open file',
    kind: 'odd',
    given: encryptedWith([KMS, AESCBC], { file: { mode: 0o640, gid: 1000 } }),
    expect: [{ result: 'fail', path: 'file' }],
  },
  {
    name: 'the group of root may read it',
    kind: 'odd',
    given: apiserverWith([FLAG], {
      files: {
        [ENCRYPTION]: { text: encryptionFile([SECRETBOX]), mode: 0o640, uid: 0, gid: 0 },
      },
    }),
    expect: [],
  },
  {
    name: 'not set up',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'notApplicable', message: 'no encryption at rest is set up' }],
  },
  {
    name: 'a file that was not read',
    kind: 'unknown',
    given: ENCRYPTION_UNSEEN,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a file that the API server refuses',
    kind: 'unknown',
    given: apiserverWith([FLAG], { files: { [ENCRYPTION]: 'kind: EncryptionConfiguration\n' } }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  ...unseenRows('kube-apiserver'),
])
