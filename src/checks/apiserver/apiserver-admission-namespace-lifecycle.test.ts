import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionNamespaceLifecycle } from './apiserver-admission-namespace-lifecycle.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionNamespaceLifecycle, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=NamespaceLifecycle']),
    expect: [{ result: 'fail', severity: 'medium', path: 'NamespaceLifecycle', line: 11, fix: 'patch' }],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,NamespaceLifecycle']),
    expect: [
      {
        result: 'fail',
        path: 'NamespaceLifecycle',
        message: 'the plug-in that guards the life of namespaces is off',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'NamespaceLifecycle', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
