import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthorizationOrder } from './apiserver-authorization-order.js'
import { apiserverWith } from './example-apiserver.js'
import { authorizationWith, webhookStep, plainStep } from './example-authorization.js'

checkTests(apiserverAuthorizationOrder, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'behind RBAC, and denies when it fails',
    kind: 'failing',
    given: authorizationWith(plainStep('Node') + plainStep('RBAC') + webhookStep('Deny')),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'authorizer guard',
        file: '/etc/kubernetes/authz.yaml',
        line: 6,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'before RBAC',
    kind: 'passing',
    given: authorizationWith(plainStep('Node') + webhookStep('Deny') + plainStep('RBAC')),
    expect: [],
  },
  {
    name: 'flags: it may only allow more',
    kind: 'odd',
    given: apiserverWith([
      '--authorization-mode=Node,RBAC,Webhook',
      '--authorization-webhook-config-file=/a',
    ]),
    expect: [{ result: 'fail', severity: 'info', path: 'authorizer Webhook', line: 11 }],
  },
  {
    name: 'AlwaysAllow is said elsewhere',
    kind: 'odd',
    given: apiserverWith([
      '--authorization-mode=RBAC,AlwaysAllow,Webhook',
      '--authorization-webhook-config-file=/a',
    ]),
    expect: [],
  },
  {
    name: 'a file with a fault',
    kind: 'unknown',
    given: authorizationWith('- {type: Nope, name: a}\n'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
