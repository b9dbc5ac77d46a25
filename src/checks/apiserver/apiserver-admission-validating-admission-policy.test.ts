import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionValidatingAdmissionPolicy } from './apiserver-admission-validating-admission-policy.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionValidatingAdmissionPolicy, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=ValidatingAdmissionPolicy']),
    expect: [{ result: 'fail', severity: 'high', path: 'ValidatingAdmissionPolicy', line: 11, fix: 'patch' }],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,ValidatingAdmissionPolicy']),
    expect: [
      {
        result: 'fail',
        path: 'ValidatingAdmissionPolicy',
        message: 'no ValidatingAdmissionPolicy is evaluated',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'ValidatingAdmissionPolicy', line: 11 }],
  },
  {
    name: 'a version in which it does not act by default',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=ValidatingAdmissionPolicy'], { version: 'v1.29.4' }),
    expect: [{ result: 'notApplicable', message: /act from Kubernetes 1\.30/ }],
  },
  ...unseenRows('kube-apiserver'),
])
