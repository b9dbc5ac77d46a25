import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletClientCa } from './kubelet-client-ca.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletClientCa, [
  {
    name: 'not set',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', severity: 'high', path: 'authentication.x509.clientCAFile' }],
  },
  {
    name: 'set',
    kind: 'passing',
    given: kubeletWith(`authentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt`),
    expect: [],
  },
  {
    name: 'the file holds no certificate',
    kind: 'odd',
    given: kubeletWith(`authentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt`, '', {
      '/etc/kubernetes/pki/ca.crt': 'not a certificate',
    }),
    expect: [{ result: 'fail', message: /holds no CA certificate/, fix: 'advice' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
