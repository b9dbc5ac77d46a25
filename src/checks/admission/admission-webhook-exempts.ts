import {
  isGuard,
  NAMESPACE_NAME,
  readWebhooks,
  selectorKeys,
  selectsEverything,
  type AdmissionWebhook,
} from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { webhookWith } from './example-webhook.js'
import { judgeWebhooks, WEBHOOKS } from './judge-webhooks.js'

export const admissionWebhookExempts = defineCheck({
  id: 'admission-webhook-exempts',
  title: 'A webhook that guards the cluster leaves out what somebody labels so',
  severity: 'medium',
  because:
    'labels of objects are set by those who make them; those of namespaces by those who may change namespaces',
  reach: 'user',
  appliesTo: 'object',
  kinds: WEBHOOKS,
  why: 'An objectSelector asks the labels that come with the request: who writes the pod decides whether the guard looks at it. A namespaceSelector asks labels that the owner of the namespace may often set. Only kubernetes.io/metadata.name is set by the API server.',
  references: [kubernetesDocs('concepts/cluster-administration/admission-webhooks-good-practices/')],
  evaluate(subject, report) {
    judgeWebhooks(subject, report, (webhook) => {
      if (!isGuard(webhook)) return undefined
      if (!selectsEverything(webhook.objectSelector)) {
        const keys = selectorKeys(webhook.objectSelector).join(', ')
        return {
          at: ['objectSelector'],
          message: `webhook ${webhook.name} looks only at objects by their labels (${keys})`,
          fix: advice(
            `Take the objectSelector of ${webhook.name} away, and exempt namespaces by ${NAMESPACE_NAME} instead.`,
            {
              needs: 'what is left out now is changed first, or runs in a namespace that is exempt',
              breaks: 'objects that were left out until now and that it refuses',
            },
          ),
        }
      }
      const keys = selectorKeys(webhook.namespaceSelector).filter(
        (key) => key !== NAMESPACE_NAME && !isGuarded(key, subject.object, webhook),
      )
      if (keys.length === 0) return undefined
      return {
        at: ['namespaceSelector'],
        message: `webhook ${webhook.name} looks at namespaces by labels that may be changed (${keys.join(', ')})`,
        fix: advice(`Select namespaces by ${NAMESPACE_NAME}, which nobody can change.`, {
          needs: 'the namespaces that are left out now are named',
          breaks: 'namespaces that were left out by the label',
        }),
      }
    })
  },
  examples: {
    bad: { manifests: webhookWith({ objectSelector: { matchLabels: { guarded: 'true' } } }) },
    good: {
      manifests: webhookWith({
        namespaceSelector: {
          matchExpressions: [{ key: NAMESPACE_NAME, operator: 'NotIn', values: ['guard'] }],
        },
      }),
    },
  },
})

/** Gatekeeper refuses its own exempting label by another webhook of the same configuration, without exception. */
function isGuarded(key: string, configuration: KubeObject, webhook: AdmissionWebhook): boolean {
  if (key !== 'admission.gatekeeper.sh/ignore') return false
  return readWebhooks(configuration).webhooks.some(
    (other) =>
      other.name !== webhook.name &&
      other.failurePolicy === 'Fail' &&
      other.rules.some(({ resources }) => resources.includes('namespaces')),
  )
}
