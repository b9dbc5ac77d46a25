import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  type JsonPath,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { selectorMatches } from '../label-selector.js'

export interface WebhookRule {
  readonly operations: readonly string[]
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
}

/** One webhook of a ValidatingWebhookConfiguration or MutatingWebhookConfiguration, with the defaults of the API. */
export interface AdmissionWebhook {
  readonly path: JsonPath
  readonly name: string
  readonly mutating: boolean
  readonly failurePolicy: string
  readonly timeoutSeconds: number
  readonly rules: readonly WebhookRule[]
  readonly namespaceSelector: JsonValue
  readonly objectSelector: JsonValue
  /** Expressions may let requests pass it by. */
  readonly hasConditions: boolean
  readonly service?: { readonly namespace: string; readonly name: string }
  readonly url?: string
  /** PEM in base64, as it stands; empty where there is none. */
  readonly caBundle: string
}

export interface WebhooksRead {
  readonly webhooks: readonly AdmissionWebhook[]
  /** Parts that are not of the type that the API takes. */
  readonly malformed: readonly { readonly path: JsonPath; readonly detail: string }[]
}

export const ADMISSION_GROUP = 'admissionregistration.k8s.io'

/**
 * The webhooks of a configuration. In v1 an unset failurePolicy is Fail and an unset timeout ten seconds; in v1beta1
 * Ignore and thirty.
 * Source: kubernetes v1.36.2 pkg/apis/admissionregistration/{v1,v1beta1}/defaults.go.
 */
export function readWebhooks(configuration: KubeObject): WebhooksRead {
  const given = field(configuration.content, 'webhooks')
  if (given === undefined || given === null) return { webhooks: [], malformed: [] }
  if (!Array.isArray(given))
    return { webhooks: [], malformed: [{ path: ['webhooks'], detail: '`webhooks` is not a list' }] }
  const old = configuration.ref.version === 'v1beta1'
  const mutating = configuration.ref.kind === 'MutatingWebhookConfiguration'
  const webhooks: AdmissionWebhook[] = []
  const malformed: WebhooksRead['malformed'][number][] = []
  given.forEach((webhook, at) => {
    const path = ['webhooks', at]
    if (isObject(webhook)) webhooks.push(readWebhook(webhook, path, mutating, old))
    else malformed.push({ path, detail: `\`webhooks[${at}]\` is not a mapping` })
  })
  return { webhooks, malformed }
}

function readWebhook(webhook: JsonValue, path: JsonPath, mutating: boolean, old: boolean): AdmissionWebhook {
  const client = field(webhook, 'clientConfig')
  const service = field(client, 'service')
  const url = asString(field(client, 'url'))
  const timeout = field(webhook, 'timeoutSeconds')
  return {
    path,
    name: asString(field(webhook, 'name')) ?? '',
    mutating,
    failurePolicy: asString(field(webhook, 'failurePolicy')) ?? (old ? 'Ignore' : 'Fail'),
    timeoutSeconds: typeof timeout === 'number' ? timeout : old ? 30 : 10,
    rules: asList(field(webhook, 'rules')).map((rule) => ({
      operations: asStrings(field(rule, 'operations')),
      apiGroups: asStrings(field(rule, 'apiGroups')),
      resources: asStrings(field(rule, 'resources')),
    })),
    namespaceSelector: field(webhook, 'namespaceSelector') ?? {},
    objectSelector: field(webhook, 'objectSelector') ?? {},
    hasConditions: asList(field(webhook, 'matchConditions')).length > 0,
    ...(isObject(service)
      ? {
          service: {
            namespace: asString(field(service, 'namespace')) ?? '',
            name: asString(field(service, 'name')) ?? '',
          },
        }
      : {}),
    ...(url === undefined ? {} : { url }),
    caBundle: asString(field(client, 'caBundle')) ?? '',
  }
}

/** Whether a webhook is asked when a pod is made, by its rules alone. */
export function coversPods({ rules }: Pick<AdmissionWebhook, 'rules'>): boolean {
  return rules.some(
    ({ operations, apiGroups, resources }) =>
      operations.some((each) => each === '*' || each === 'CREATE') &&
      apiGroups.some((each) => each === '*' || each === '') &&
      resources.some((each) => each === '*' || each === '*/*' || each === 'pods' || each === 'pods/*'),
  )
}

/** Whether a selector says nothing and so selects everything. */
export function selectsEverything(selector: JsonValue): boolean {
  return selectorKeys(selector).length === 0
}

/** The label keys that a selector asks for. */
export function selectorKeys(selector: JsonValue): string[] {
  const exact = field(selector, 'matchLabels')
  return [
    ...(isObject(exact) ? Object.keys(exact) : []),
    ...asList(field(selector, 'matchExpressions')).flatMap((each) => asString(field(each, 'key')) ?? []),
  ]
}

/** Every namespace has this label, and nobody can set another value. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name'

/**
 * Whether a namespace is under a webhook. Undefined where its labels were not read and the selector asks for others than
 * its name.
 */
export function coversNamespace(
  { namespaceSelector }: Pick<AdmissionWebhook, 'namespaceSelector'>,
  name: string,
  namespace: KubeObject | undefined,
): boolean | undefined {
  if (selectsEverything(namespaceSelector)) return true
  const labels = field(field(namespace?.content, 'metadata'), 'labels')
  if (namespace === undefined && selectorKeys(namespaceSelector).some((key) => key !== NAMESPACE_NAME))
    return undefined
  return selectorMatches(namespaceSelector, { ...(isObject(labels) ? labels : {}), [NAMESPACE_NAME]: name })
}
