import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionCertificateApproval } from './apiserver-admission-certificate-approval.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionCertificateApproval, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=CertificateApproval']),
    expect: [{ result: 'fail', severity: 'high', path: 'CertificateApproval', line: 11, fix: 'patch' }],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,CertificateApproval']),
    expect: [
      {
        result: 'fail',
        path: 'CertificateApproval',
        message: 'approvals are not checked against the right to approve for the signer',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'CertificateApproval', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
