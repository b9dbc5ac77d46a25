import {
  coversNamespace,
  coversPods,
  NAMESPACE_NAME,
  selectsEverything,
  type AdmissionWebhook,
  type ObjectIndex,
} from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { webhookWith } from './example-webhook.js'
import { judgeWebhooks, WEBHOOKS } from './judge-webhooks.js'

export const admissionWebhookLockout = defineCheck({
  id: 'admission-webhook-lockout',
  title: 'A webhook that must answer stands in the way of what makes it answer',
  severity: 'medium',
  because: 'once its pods are gone nothing can bring them back: the cluster has to be opened by hand',
  reach: 'user',
  appliesTo: 'object',
  kinds: WEBHOOKS,
  why: 'With failurePolicy Fail every request that a webhook covers is refused while it is down. Where it covers the pods of its own namespace, or those of kube-system with the network and DNS that it needs, it cannot come up again, and whoever takes its pods away stops the cluster.',
  references: [kubernetesDocs('concepts/cluster-administration/admission-webhooks-good-practices/')],
  evaluate(subject, report) {
    judgeWebhooks(subject, report, (webhook) => {
      if (webhook.failurePolicy !== 'Fail' || !coversPods(webhook)) return undefined
      // Labels of the objects or conditions may leave them out: nothing says that they do not.
      if (!selectsEverything(webhook.objectSelector) || webhook.hasConditions) return undefined
      const covered = namespacesOf(webhook).map((name) => ({
        name,
        covers: isCovered(webhook, name, subject.index),
      }))
      const hit = covered.filter(({ covers }) => covers === true).map(({ name }) => name)
      if (hit.length === 0) {
        const open = covered.find(({ covers }) => covers === undefined)
        return open === undefined
          ? undefined
          : {
              unknown: 'no-source',
              detail: `the labels of namespace ${open.name} were not read: whether ${webhook.name} covers it is not known`,
            }
      }
      return {
        at: ['namespaceSelector'],
        message: `webhook ${webhook.name} must answer for pods of ${hit.join(' and ')}`,
        fix: advice(
          `Leave ${hit.join(' and ')} out with a namespaceSelector: matchExpressions [{key: ${NAMESPACE_NAME}, operator: NotIn, values: [${hit.join(', ')}]}].`,
          { breaks: 'nothing; pods of these namespaces are not judged by it any more' },
        ),
      }
    })
  },
  examples: {
    bad: { manifests: webhookWith({ failurePolicy: 'Fail' }) },
    good: {
      manifests: webhookWith({
        failurePolicy: 'Fail',
        namespaceSelector: {
          matchExpressions: [{ key: NAMESPACE_NAME, operator: 'NotIn', values: ['guard', 'kube-system'] }],
        },
      }),
    },
  },
})

function namespacesOf({ service }: AdmissionWebhook): string[] {
  const own = service === undefined || service.namespace === '' ? [] : [service.namespace]
  return [...new Set([...own, 'kube-system'])]
}

function isCovered(webhook: AdmissionWebhook, name: string, index: ObjectIndex): boolean | undefined {
  return coversNamespace(webhook, name, index.get('', 'Namespace', '', name))
}
