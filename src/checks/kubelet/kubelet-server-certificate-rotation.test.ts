import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletServerCertificateRotation } from './kubelet-server-certificate-rotation.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletServerCertificateRotation, [
  {
    name: 'a file of its own',
    kind: 'failing',
    given: kubeletWith(`tlsCertFile: /a.crt\ntlsPrivateKeyFile: /a.key`),
    expect: [{ result: 'fail', severity: 'low', path: 'serverTLSBootstrap', fix: 'advice' }],
  },
  { name: 'from the cluster', kind: 'passing', given: kubeletWith('serverTLSBootstrap: true'), expect: [] },
  { name: 'self-signed: another check speaks', kind: 'odd', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen('tlsCertFile: /a.crt'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
