import { readWebhooks, type AdmissionWebhook } from '../../kube/index.js'
import { unknown, type JsonPath, type UnknownReason } from '../../model/index.js'
import type { FailOptions, ObjectSubject, Report } from '../define-check.js'

/** The kinds that hold webhooks. */
export const WEBHOOKS = [
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
  'MutatingWebhookConfiguration.admissionregistration.k8s.io',
] as const

export type WebhookAnswer =
  | undefined
  | { readonly unknown: UnknownReason; readonly detail: string }
  | (FailOptions & {
      readonly message: string
      /** Below the webhook. */
      readonly at: JsonPath
    })

/** Asks about each webhook of a configuration; what is of another type is unknown. */
export function judgeWebhooks(
  { object }: ObjectSubject,
  report: Report,
  judge: (webhook: AdmissionWebhook) => WebhookAnswer,
): void {
  const { webhooks, malformed } = readWebhooks(object)
  for (const { path, detail } of malformed) {
    report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
  }
  for (const webhook of webhooks) {
    const answer = judge(webhook)
    if (answer === undefined) continue
    if ('unknown' in answer) {
      report.unknown(unknown(answer.unknown, answer.detail, { kind: 'object', object, path: webhook.path }))
      continue
    }
    const { at, ...options } = answer
    const path = [...webhook.path, ...at]
    report.fail({ origin: { kind: 'object', object, path }, message: answer.message }, options)
  }
}
