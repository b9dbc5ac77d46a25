import { checkTests } from '../../../test/kit/check-tests.js'
import { secretWith } from './example-objects.js'
import { secretInManifest } from './secret-in-manifest.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const data = (fields: object, more: object = {}): { manifests: string } => ({
  manifests: secretWith({ data: fields, ...more }),
})

checkTests(secretInManifest, [
  {
    name: 'values in base64',
    kind: 'failing',
    given: data({ password: base64('hunter2') }),
    expect: [{ result: 'fail', severity: 'medium', path: 'data password', line: 4, fix: 'advice' }],
  },
  {
    name: 'a key beside its certificate',
    kind: 'failing',
    given: data({ 'tls.key': base64('x-y') }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'encrypted, put in later, empty and public ones',
    kind: 'passing',
    given: data({
      a: 'ENC[AES256_GCM,data:x,type:str]',
      b: base64('$(DB_PASSWORD)'),
      c: '',
      'ca.crt': base64('-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n'),
    }),
    expect: [],
  },
  {
    name: 'a file of SOPS',
    kind: 'passing',
    given: data({ a: base64('x') }, { sops: { version: '3.10.2' } }),
    expect: [],
  },
  {
    name: 'a sealed one',
    kind: 'odd',
    given: {
      manifests: secretWith({ spec: { encryptedData: { password: 'AgBy3i' } } })
        .replace('apiVersion: v1', 'apiVersion: bitnami.com/v1alpha1')
        .replace('kind: Secret', 'kind: SealedSecret'),
    },
    expect: [],
  },
  {
    name: 'no values',
    kind: 'odd',
    given: { manifests: secretWith({ type: 'kubernetes.io/service-account-token' }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: secretWith({ data: 'x' }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
