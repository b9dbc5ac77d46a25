import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverServingCert } from './apiserver-serving-cert.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverServingCert, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'neither',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'medium', path: 'tls-cert-file', fix: 'advice' }],
  },
  {
    name: 'both',
    kind: 'passing',
    given: apiserverWith(['--tls-cert-file=/a.crt', '--tls-private-key-file=/a.key']),
    expect: [],
  },
  {
    name: 'the certificate alone',
    kind: 'odd',
    given: apiserverWith(['--tls-cert-file=/a.crt']),
    expect: [{ result: 'fail', path: 'tls-private-key-file' }],
  },
])
