import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthzWebhookInsecure } from './apiserver-authz-webhook-insecure.js'
import { apiserverWith } from './example-apiserver.js'
import { WEBHOOK_OVER_HTTP, WEBHOOK_OVER_TLS, webhookKubeconfig } from './webhook-kubeconfig.js'
import { authorizationWith, webhookStep, plainStep } from './example-authorization.js'

const FLAGS = [
  '--authorization-mode=RBAC,Webhook',
  '--authorization-webhook-config-file=/etc/kubernetes/hook.conf',
]

checkTests(apiserverAuthzWebhookInsecure, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'plain HTTP, from flags',
    kind: 'failing',
    given: apiserverWith(FLAGS, { files: { '/etc/kubernetes/hook.conf': WEBHOOK_OVER_HTTP } }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        file: '/etc/kubernetes/hook.conf',
        path: 'authorizer Webhook',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'not checked, from a file',
    kind: 'failing',
    given: authorizationWith(webhookStep('Deny') + plainStep('RBAC'), {
      '/etc/kubernetes/webhook.conf': webhookKubeconfig(
        'https://auth.example',
        ', insecure-skip-tls-verify: true',
      ),
    }),
    expect: [{ result: 'fail', path: 'authorizer guard', message: /without checking its certificate/ }],
  },
  {
    name: 'TLS',
    kind: 'passing',
    given: apiserverWith(FLAGS, { files: { '/etc/kubernetes/hook.conf': WEBHOOK_OVER_TLS } }),
    expect: [],
  },
  { name: 'no webhook', kind: 'odd', given: apiserverWith(['--authorization-mode=RBAC']), expect: [] },
  {
    name: 'not read',
    kind: 'unknown',
    given: apiserverWith(FLAGS),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
