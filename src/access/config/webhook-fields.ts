import { asList, asString, field, valueAt, type JsonPath, type JsonValue } from '../../model/index.js'
import { formatGoDuration, parseGoDuration } from '../../text/index.js'
import { quoted, type FieldReport } from './field-report.js'

/** What is at a path of the host of an API server, as it sees it; undefined where nobody can say. */
export type FileState = 'regular' | 'notRegular' | 'absent' | undefined

const SECOND = 1_000_000_000n
const LONGEST_TIMEOUT = 30n * SECOND

/**
 * Reports every field of a webhook that the API server refuses, but for its conditions. `path` leads to the webhook.
 * Upstream names these fields without `webhook`; here they are named as they are written.
 * Source: kubernetes v1.36.2 apiserver pkg/apis/apiserver/validation/validation.go, ValidateWebhookConfiguration.
 */
export function validateWebhook(
  webhook: JsonValue,
  path: JsonPath,
  report: FieldReport,
  stateOf: (file: string) => FileState,
): void {
  validateTimes(webhook, path, report)
  const oneOf = (name: string, values: readonly string[], required: boolean): void => {
    const value = asString(field(webhook, name)) ?? ''
    if (value === '') {
      if (required) report.add([...path, name], `it is missing; it must be ${values.join(' or ')}`)
    } else if (!values.includes(value)) {
      report.add([...path, name], `it must be ${values.join(' or ')}, not ${quoted(value)}`)
    }
  }
  oneOf('subjectAccessReviewVersion', ['v1', 'v1beta1'], true)
  const conditions = asList(field(webhook, 'matchConditions')).length > 0
  oneOf('matchConditionSubjectAccessReviewVersion', ['v1'], conditions)
  oneOf('failurePolicy', ['NoOpinion', 'Deny'], true)
  validateConnection(webhook, [...path, 'connectionInfo'], report, stateOf)
}

function validateTimes(webhook: JsonValue, path: JsonPath, report: FieldReport): void {
  const timeout = nanoseconds(webhook, 'timeout')
  if (timeout === 0n) {
    report.add([...path, 'timeout'], 'it is missing; it must be above 0s and at most 30s')
  } else if (timeout < 0n || timeout > LONGEST_TIMEOUT) {
    const message = `it must be above 0s and at most 30s, not ${formatGoDuration(timeout)}`
    report.add([...path, 'timeout'], message)
  }
  for (const name of ['authorizedTTL', 'unauthorizedTTL']) {
    const time = nanoseconds(webhook, name)
    if (time < 0n) report.add([...path, name], `it must be above 0s, not ${formatGoDuration(time)}`)
  }
}

/** A duration of a webhook; 0 where it is absent. */
function nanoseconds(webhook: JsonValue, name: string): bigint {
  return parseGoDuration(asString(field(webhook, name)) ?? '0') ?? 0n
}

function validateConnection(
  webhook: JsonValue,
  path: JsonPath,
  report: FieldReport,
  stateOf: (file: string) => FileState,
): void {
  const type = asString(valueAt(webhook, ['connectionInfo', 'type'])) ?? ''
  const file = asString(valueAt(webhook, ['connectionInfo', 'kubeConfigFile']))
  const filePath = [...path, 'kubeConfigFile']
  if (type === 'KubeConfigFile') {
    const message = kubeconfigError(file ?? '', stateOf)
    if (message !== undefined) report.add(filePath, message)
    return
  }
  if (type === 'InClusterConfig') {
    if (file !== undefined) report.add(filePath, 'it may stand only beside `type: KubeConfigFile`')
    return
  }
  const must = 'it must be KubeConfigFile'
  report.add([...path, 'type'], type === '' ? `it is missing; ${must}` : `${must}, not ${quoted(type)}`)
}

function kubeconfigError(file: string, stateOf: (file: string) => FileState): string | undefined {
  if (file === '') return 'it is missing; it must be the absolute path of a kubeconfig file'
  if (!file.startsWith('/')) return `it must be an absolute path, not ${quoted(file)}`
  const state = stateOf(file)
  if (state === 'absent') return `the file ${quoted(file)} does not exist`
  return state === 'notRegular' ? `${quoted(file)} is no regular file` : undefined
}
