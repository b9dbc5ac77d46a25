import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionCertificateSubjectRestriction } from './apiserver-admission-certificate-subject-restriction.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionCertificateSubjectRestriction, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=CertificateSubjectRestriction']),
    expect: [
      { result: 'fail', severity: 'high', path: 'CertificateSubjectRestriction', line: 11, fix: 'patch' },
    ],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,CertificateSubjectRestriction']),
    expect: [
      {
        result: 'fail',
        path: 'CertificateSubjectRestriction',
        message: 'requests for certificates of system:masters are not refused',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'CertificateSubjectRestriction', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
