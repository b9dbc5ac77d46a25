import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { objectOf, webhookWith } from './example-webhook.js'
import { judgeWebhooks, WEBHOOKS } from './judge-webhooks.js'

export const admissionWebhookDangling = defineCheck({
  id: 'admission-webhook-dangling',
  title: 'A webhook names a Service that does not exist',
  severity: 'high',
  because:
    'it judges nothing or stops all that it covers, and whoever makes the Service answers in its place',
  reach: 'user',
  appliesTo: 'object',
  kinds: WEBHOOKS,
  why: 'A configuration that was left behind asks a name that nobody holds. Who may create Services in that namespace receives every object that the webhook covers; only the certificate stands in the way.',
  references: [
    kubernetesDocs('reference/access-authn-authz/extensible-admission-controllers/#service-reference'),
  ],
  evaluate(subject, report) {
    const { index } = subject
    judgeWebhooks(subject, report, ({ name, service }) => {
      if (service === undefined || index.get('', 'Service', service.namespace, service.name) !== undefined)
        return undefined
      const place = `${service.namespace}/${service.name}`
      if (!index.holdsAll('', 'Service'))
        return {
          unknown: 'no-source',
          detail: `Service ${place} of webhook ${name} was not read, and the input need not be the whole cluster`,
        }
      return {
        at: ['clientConfig', 'service'],
        message: `webhook ${name} asks Service ${place}, which does not exist`,
        fix: advice(
          'Delete the configuration where its program is gone; install the program again where it is not.',
          {
            breaks: 'nothing that works now; with Ignore it judges nothing, with Fail it refuses all',
          },
        ),
      }
    })
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${webhookWith({})}${objectOf('v1', 'Service', 'other', {}, 'guard')}`,
    },
    good: {
      complete: true,
      manifests: `${webhookWith({})}${objectOf('v1', 'Service', 'guard', {}, 'guard')}`,
    },
  },
})
