import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionValidatingWebhook } from './apiserver-admission-validating-webhook.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionValidatingWebhook, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=ValidatingAdmissionWebhook']),
    expect: [
      { result: 'fail', severity: 'high', path: 'ValidatingAdmissionWebhook', line: 11, fix: 'patch' },
    ],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,ValidatingAdmissionWebhook']),
    expect: [
      {
        result: 'fail',
        path: 'ValidatingAdmissionWebhook',
        message: 'no validating admission webhook is called',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'ValidatingAdmissionWebhook', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
