import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthnWebhookInsecure } from './apiserver-authn-webhook-insecure.js'
import { apiserverWith } from './example-apiserver.js'
import { WEBHOOK_OVER_HTTP, WEBHOOK_OVER_TLS, webhookKubeconfig } from './webhook-kubeconfig.js'

function hook(text?: string) {
  return apiserverWith(['--authentication-token-webhook-config-file=/etc/kubernetes/hook.conf'], {
    files: text === undefined ? {} : { '/etc/kubernetes/hook.conf': text },
  })
}

checkTests(apiserverAuthnWebhookInsecure, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'plain HTTP',
    kind: 'failing',
    given: hook(WEBHOOK_OVER_HTTP),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        file: '/etc/kubernetes/hook.conf',
        path: 'authentication-token-webhook-config-file',
        message: 'the webhook that says who a token belongs to is asked over plain HTTP',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'its certificate is not checked',
    kind: 'failing',
    given: hook(webhookKubeconfig('https://auth.example', ', insecure-skip-tls-verify: true')),
    expect: [{ result: 'fail', message: /without checking its certificate/ }],
  },
  { name: 'TLS', kind: 'passing', given: hook(WEBHOOK_OVER_TLS), expect: [] },
  { name: 'no webhook', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'on the same host',
    kind: 'odd',
    given: hook(webhookKubeconfig('http://127.0.0.1:8080')),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'not read',
    kind: 'unknown',
    given: hook(),
    expect: [{ result: 'unknown', reason: 'no-source', line: 11 }],
  },
  {
    name: 'no kubeconfig',
    kind: 'unknown',
    given: hook('hello: [\n'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
