import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionPodSecurity } from './apiserver-admission-pod-security.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionPodSecurity, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=PodSecurity']),
    expect: [{ result: 'fail', severity: 'high', path: 'PodSecurity', line: 11, fix: 'patch' }],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,PodSecurity']),
    expect: [
      {
        result: 'fail',
        path: 'PodSecurity',
        message: 'the plug-in that enforces Pod Security is off',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'PodSecurity', line: 11 }],
  },
  {
    name: 'a version that has none yet',
    kind: 'odd',
    given: apiserverWith(['--v=2'], { version: 'v1.21.4' }),
    expect: [{ result: 'notApplicable', message: 'PodSecurity came with Kubernetes 1.22' }],
  },
  ...unseenRows('kube-apiserver'),
])
