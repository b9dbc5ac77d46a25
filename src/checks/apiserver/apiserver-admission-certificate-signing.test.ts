import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionCertificateSigning } from './apiserver-admission-certificate-signing.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionCertificateSigning, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=CertificateSigning']),
    expect: [{ result: 'fail', severity: 'high', path: 'CertificateSigning', line: 11, fix: 'patch' }],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,CertificateSigning']),
    expect: [
      {
        result: 'fail',
        path: 'CertificateSigning',
        message: 'signers are not checked when a certificate is set',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'CertificateSigning', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
