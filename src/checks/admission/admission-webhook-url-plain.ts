import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { webhookWith } from './example-webhook.js'
import { judgeWebhooks, WEBHOOKS } from './judge-webhooks.js'

export const admissionWebhookUrlPlain = defineCheck({
  id: 'admission-webhook-url-plain',
  title: 'A webhook is to be asked without TLS',
  severity: 'high',
  because:
    'objects would go over the wire in clear, Secrets among them, and whoever stands between would answer',
  reach: 'user',
  appliesTo: 'object',
  kinds: WEBHOOKS,
  why: 'Requests to webhooks hold whole objects. The API server takes addresses with https alone; a manifest with another one is refused, and where it was meant in earnest there is a server that listens without TLS.',
  references: [kubernetesDocs('reference/access-authn-authz/extensible-admission-controllers/#url')],
  evaluate(subject, report) {
    judgeWebhooks(subject, report, ({ name, url }) =>
      url === undefined || /^https:\/\//i.test(url)
        ? undefined
        : {
            at: ['clientConfig', 'url'],
            message: `webhook ${name} is asked over ${/^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? 'an address'} without TLS`,
            fix: advice(
              'Serve the webhook over TLS, name it with https://, and put its authority into caBundle.',
            ),
          },
    )
  },
  examples: {
    bad: { manifests: webhookWith({ clientConfig: { url: 'http://guard.example.com/judge' } }) },
    good: { manifests: webhookWith({ clientConfig: { url: 'https://guard.example.com/judge' } }) },
  },
})
