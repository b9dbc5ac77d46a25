import { coversPods } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { changeWebhook } from './change-webhook.js'
import { webhookWith } from './example-webhook.js'
import { judgeWebhooks, WEBHOOKS } from './judge-webhooks.js'

/** The default of v1, in seconds. */
const USUAL = 10

export const admissionWebhookTimeout = defineCheck({
  id: 'admission-webhook-timeout',
  title: 'A webhook on pods may keep every request waiting for long',
  severity: 'low',
  because: 'one that hangs slows the whole cluster; it gives nobody a right',
  reach: 'user',
  appliesTo: 'object',
  kinds: WEBHOOKS,
  why: 'Requests wait for each webhook that covers them. With thirty seconds, controllers that make pods run into their own timeouts, and leader elections may be lost, because one program hangs.',
  references: [kubernetesDocs('concepts/cluster-administration/admission-webhooks-good-practices/')],
  evaluate(subject, report) {
    judgeWebhooks(subject, report, (webhook) =>
      webhook.timeoutSeconds <= USUAL || !coversPods(webhook)
        ? undefined
        : {
            at: ['timeoutSeconds'],
            message: `webhook ${webhook.name} may take ${webhook.timeoutSeconds} seconds`,
            fix: changeWebhook(subject.object, webhook, ['timeoutSeconds'], USUAL, {
              text: `Set timeoutSeconds of ${webhook.name} to ${USUAL} or less.`,
              needs:
                'it answers in that time, at the load of the cluster (metric apiserver_admission_webhook_admission_duration_seconds)',
              breaks: 'requests that it needs longer for',
            }),
          },
    )
  },
  examples: {
    bad: { manifests: webhookWith({ timeoutSeconds: 30 }) },
    good: { manifests: webhookWith({ timeoutSeconds: 5 }) },
  },
})
