import { engineOf, isGuard } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { changeWebhook } from './change-webhook.js'
import { webhookWith } from './example-webhook.js'
import { judgeWebhooks, WEBHOOKS } from './judge-webhooks.js'

export const admissionWebhookIgnore = defineCheck({
  id: 'admission-webhook-ignore',
  title: 'A webhook that guards the cluster lets requests pass while it does not answer',
  severity: 'high',
  because: 'who makes it slow or takes it down is not held back; medium where its authors publish it so',
  reach: 'user',
  appliesTo: 'object',
  kinds: WEBHOOKS,
  why: 'With failurePolicy Ignore an error or a timeout counts as consent. A guard that can be put to sleep by load, by deleting its pods or by a full node guards against mistakes, not against anybody.',
  references: [kubernetesDocs('concepts/cluster-administration/admission-webhooks-good-practices/')],
  evaluate(subject, report) {
    judgeWebhooks(subject, report, (webhook) => {
      if (webhook.failurePolicy !== 'Ignore' || !isGuard(webhook)) return undefined
      const engine = engineOf(webhook)
      const published = engine?.ignoresByDefault === true || /-ignore$/.test(webhook.name)
      const message = `webhook ${webhook.name} is passed over while it does not answer`
      return {
        at: ['failurePolicy'],
        message,
        ...(published ? AS_PUBLISHED : {}),
        fix: changeWebhook(subject.object, webhook, ['failurePolicy'], 'Fail', {
          text: `Set failurePolicy of ${webhook.name} to Fail.`,
          needs:
            'it runs with several replicas and leaves its own namespace and kube-system out, so that it cannot lock the cluster',
          breaks: 'requests that it covers, whenever it is down',
        }),
      }
    })
  },
  examples: {
    bad: { manifests: webhookWith({ failurePolicy: 'Ignore' }) },
    good: { manifests: webhookWith({ failurePolicy: 'Fail' }) },
  },
})

const AS_PUBLISHED = {
  severity: 'medium',
  because: 'its authors publish it so; whether the cluster can bear Fail is for you to say',
} as const
