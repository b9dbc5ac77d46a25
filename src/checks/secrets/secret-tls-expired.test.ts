import { checkTests } from '../../../test/kit/check-tests.js'
import { EXPIRED_CERTIFICATE, LASTING_CERTIFICATE } from './example-certificates.js'
import { secretWith } from './example-objects.js'
import { secretTlsExpired } from './secret-tls-expired.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const tls = (certificate: string, type = 'kubernetes.io/tls'): { manifests: string } => ({
  manifests: secretWith({ type, data: { 'tls.crt': base64(certificate), 'tls.key': '' } }),
})

checkTests(secretTlsExpired, [
  {
    name: 'it ended',
    kind: 'failing',
    given: tls(EXPIRED_CERTIFICATE),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        message: 'its certificate ended on 2025-01-01',
        path: 'tls.crt',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'the first of a chain',
    kind: 'odd',
    given: tls(`${EXPIRED_CERTIFICATE}${LASTING_CERTIFICATE}`),
    expect: [{ result: 'fail' }],
  },
  { name: 'it is valid', kind: 'passing', given: tls(LASTING_CERTIFICATE), expect: [] },
  { name: 'a Secret of another type', kind: 'odd', given: tls(EXPIRED_CERTIFICATE, 'Opaque'), expect: [] },
  { name: 'it is put in later', kind: 'odd', given: tls('$(CERTIFICATE)'), expect: [] },
  {
    name: 'no certificate',
    kind: 'unknown',
    given: tls('hello'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'a running cluster gives no values',
    kind: 'unknown',
    given: { manifests: secretWith({ type: 'kubernetes.io/tls' }) },
    expect: [{ result: 'unknown', reason: 'not-given' }],
  },
])
