import {
  asBoolean,
  asList,
  asString,
  field,
  valueAt,
  type JsonPath,
  type JsonValue,
} from '../../model/index.js'
import { parseGoDuration } from '../../text/index.js'
import type { WebhookConfig } from './chain.js'
import type { FieldReport } from './field-report.js'

const MILLISECOND = 1_000_000

/** Milliseconds. Source: kubernetes v1.36.2 apiserver pkg/apis/apiserver/v1/defaults.go, SetDefaults_WebhookConfiguration. */
const DEFAULT_TTL = { authorizedTTL: 300_000, unauthorizedTTL: 30_000 } as const

/** The settings of a webhook whose fields are valid, with what the API server takes where they say nothing. */
export function webhookConfig(webhook: JsonValue, path: JsonPath, report: FieldReport): WebhookConfig {
  const text = (name: string): string => asString(field(webhook, name)) ?? ''
  const conditions = asList(field(webhook, 'matchConditions'))
  const file = asString(valueAt(webhook, ['connectionInfo', 'kubeConfigFile'])) ?? ''
  const inCluster = valueAt(webhook, ['connectionInfo', 'type']) === 'InClusterConfig'
  return {
    authorizedTTL: milliseconds(text('authorizedTTL')) || DEFAULT_TTL.authorizedTTL,
    unauthorizedTTL: milliseconds(text('unauthorizedTTL')) || DEFAULT_TTL.unauthorizedTTL,
    cacheAuthorizedRequests: asBoolean(field(webhook, 'cacheAuthorizedRequests')) ?? true,
    cacheUnauthorizedRequests: asBoolean(field(webhook, 'cacheUnauthorizedRequests')) ?? true,
    timeout: milliseconds(text('timeout')),
    subjectAccessReviewVersion: text('subjectAccessReviewVersion') === 'v1' ? 'v1' : 'v1beta1',
    matchConditionSubjectAccessReviewVersion:
      text('matchConditionSubjectAccessReviewVersion') === 'v1' ? 'v1' : '',
    failurePolicy: text('failurePolicy') === 'Deny' ? 'Deny' : 'NoOpinion',
    connection: inCluster ? { type: 'InClusterConfig' } : { type: 'KubeConfigFile', file },
    matchConditions: conditions.map((condition, index) => ({
      expression: asString(field(condition, 'expression')) ?? '',
      place: report.place([...path, 'matchConditions', index, 'expression']),
    })),
  }
}

/** Of a duration as Go writes it; 0 where it is none. */
export function milliseconds(text: string): number {
  return Number(parseGoDuration(text) ?? 0n) / MILLISECOND
}
