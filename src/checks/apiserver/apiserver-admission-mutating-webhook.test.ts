import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionMutatingWebhook } from './apiserver-admission-mutating-webhook.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionMutatingWebhook, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=MutatingAdmissionWebhook']),
    expect: [{ result: 'fail', severity: 'high', path: 'MutatingAdmissionWebhook', line: 11, fix: 'patch' }],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,MutatingAdmissionWebhook']),
    expect: [
      {
        result: 'fail',
        path: 'MutatingAdmissionWebhook',
        message: 'no changing admission webhook is called',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'MutatingAdmissionWebhook', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
