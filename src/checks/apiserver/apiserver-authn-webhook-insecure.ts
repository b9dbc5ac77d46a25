import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { judgeWebhookConnection, WEBHOOK_OVER_HTTP, WEBHOOK_OVER_TLS } from './webhook-kubeconfig.js'

export const apiserverAuthnWebhookInsecure = defineCheck({
  id: 'apiserver-authn-webhook-insecure',
  title: 'Whoever stands in between can say who a token belongs to',
  severity: 'high',
  because: 'a false answer makes any caller administrator; it needs a place on the path to the webhook',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'The API server asks this webhook who a bearer token is and believes the answer. Over plain HTTP, or without checking its certificate, whoever can redirect the connection answers instead.',
  references: [kubernetesDocs('reference/access-authn-authz/authentication/#webhook-token-authentication')],
  evaluate(apiserver, report) {
    const name = 'authentication-token-webhook-config-file'
    const path = apiserver.string(name)
    if (!path.known) return report.unknown(path)
    if (path.value === '') return
    judgeWebhookConnection(apiserver, report, {
      path: path.value,
      origin: path.origin,
      answers: 'who a token belongs to',
      key: name,
    })
  },
  examples: {
    bad: apiserverWith(['--authentication-token-webhook-config-file=/etc/kubernetes/hook.conf'], {
      files: { '/etc/kubernetes/hook.conf': WEBHOOK_OVER_HTTP },
    }),
    good: apiserverWith(['--authentication-token-webhook-config-file=/etc/kubernetes/hook.conf'], {
      files: { '/etc/kubernetes/hook.conf': WEBHOOK_OVER_TLS },
    }),
  },
})
