import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { chainOf } from './authorization-chain.js'
import { judgeWebhookConnection, WEBHOOK_OVER_HTTP, WEBHOOK_OVER_TLS } from './webhook-kubeconfig.js'
import { authorizationWith, webhookStep, plainStep } from './example-authorization.js'

export const apiserverAuthzWebhookInsecure = defineCheck({
  id: 'apiserver-authz-webhook-insecure',
  title: 'Whoever stands in between can say what is allowed',
  severity: 'high',
  because:
    'a false yes is any right for any caller with a credential; it needs a place on the path to the webhook',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'The API server asks this webhook whether a request is allowed and believes the answer. Over plain HTTP, or without checking its certificate, whoever can redirect the connection answers instead.',
  references: [kubernetesDocs('reference/access-authn-authz/webhook/')],
  evaluate(apiserver, report) {
    const chain = chainOf(apiserver)
    if (!chain.known) return report.unknown(chain)
    for (const { name, origin, kubeconfig } of chain.value) {
      if (kubeconfig === undefined) continue
      judgeWebhookConnection(apiserver, report, {
        path: kubeconfig,
        origin,
        answers: 'what is allowed',
        key: `authorizer ${name}`,
      })
    }
  },
  examples: {
    bad: authorizationWith(webhookStep('Deny') + plainStep('RBAC'), {
      '/etc/kubernetes/webhook.conf': WEBHOOK_OVER_HTTP,
    }),
    good: authorizationWith(webhookStep('Deny') + plainStep('RBAC'), {
      '/etc/kubernetes/webhook.conf': WEBHOOK_OVER_TLS,
    }),
  },
})
