import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthorizationWebhookFailOpen } from './apiserver-authorization-webhook-fail-open.js'
import { apiserverWith } from './example-apiserver.js'
import { authorizationWith, webhookStep, plainStep } from './example-authorization.js'

checkTests(apiserverAuthorizationWebhookFailOpen, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'before RBAC',
    kind: 'failing',
    given: authorizationWith(plainStep('Node') + webhookStep('NoOpinion') + plainStep('RBAC')),
    expect: [{ result: 'fail', severity: 'medium', path: 'authorizer guard', line: 5, fix: 'advice' }],
  },
  {
    name: 'flags',
    kind: 'failing',
    given: apiserverWith([
      '--authorization-mode=Node,Webhook,RBAC',
      '--authorization-webhook-config-file=/a',
    ]),
    expect: [{ result: 'fail', message: 'when the webhook `Webhook` fails, RBAC decides alone' }],
  },
  {
    name: 'it denies when it fails',
    kind: 'passing',
    given: authorizationWith(webhookStep('Deny') + plainStep('RBAC')),
    expect: [],
  },
  {
    name: 'last in the chain: a failure allows nothing',
    kind: 'odd',
    given: authorizationWith(plainStep('RBAC') + webhookStep('NoOpinion')),
    expect: [],
  },
  {
    name: 'a file that was not read',
    kind: 'unknown',
    given: apiserverWith(['--authorization-config=/etc/kubernetes/authz.yaml']),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
