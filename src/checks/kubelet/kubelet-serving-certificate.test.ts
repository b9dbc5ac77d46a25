import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletServingCertificate } from './kubelet-serving-certificate.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletServingCertificate, [
  {
    name: 'self-signed',
    kind: 'failing',
    given: kubeletWith('serverTLSBootstrap: false'),
    expect: [{ result: 'fail', severity: 'medium', path: 'serverTLSBootstrap', fix: 'advice' }],
  },
  { name: 'from the cluster', kind: 'passing', given: kubeletWith('serverTLSBootstrap: true'), expect: [] },
  {
    name: 'a certificate without its key',
    kind: 'odd',
    given: kubeletWith('tlsCertFile: /etc/kubernetes/kubelet.crt'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'certificate files',
    kind: 'passing',
    given: kubeletWith(
      `tlsCertFile: /etc/kubernetes/kubelet.crt\ntlsPrivateKeyFile: /etc/kubernetes/kubelet.key`,
    ),
    expect: [],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
