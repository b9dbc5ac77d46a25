import { cordonOfUpgrade } from './cordoned-by-upgrade.js'
import { otherVersions } from './other-versions.js'
import { asString, field, isObject, REDACTED, type JsonObject, type JsonValue } from '../../model/index.js'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Keys of kubeconfig users and of encryption keys whose values are credentials. */
const CREDENTIAL_KEYS = new Set([
  'token',
  'password',
  'client-key-data',
  'id-token',
  'refresh-token',
  'secret',
])

/**
 * The object without what must never be kept: values of Secrets (their keys stay), the copy of the whole object that
 * kubectl leaves in an annotation, credentials of kubeconfigs and encryption keys; and without `managedFields`, of which
 * only those who wrote in another version of the API are kept, without the fields, and whether an upgrade closed a Node. Every reader of objects uses it. Gives
 * the same object back when there is nothing to take out.
 */
export function redactObject(content: JsonObject): JsonObject {
  const metadata = redactMetadata(content)
  const changed: Record<string, JsonValue> = {}
  if (metadata !== content.metadata) changed.metadata = metadata as JsonValue
  if (isSecret(content)) {
    const keeps = content.type === BOOTSTRAP_TOKEN ? isAboutToken : () => false
    for (const key of ['data', 'stringData']) {
      const data = field(content, key)
      if (data !== undefined && data !== null) changed[key] = redactValues(data, keeps)
    }
  }
  if (isCredentialFile(content)) return { ...redactCredentials(content), ...changed }
  return Object.keys(changed).length === 0 ? content : { ...content, ...changed }
}

function isSecret(content: JsonObject): boolean {
  return content.kind === 'Secret' && content.apiVersion === 'v1'
}

/** `kind: Config` is a kubeconfig; EncryptionConfiguration holds the keys of etcd's contents. */
function isCredentialFile(content: JsonObject): boolean {
  return (
    (content.kind === 'Config' && content.apiVersion === 'v1') ||
    (content.kind === 'EncryptionConfiguration' &&
      (asString(content.apiVersion) ?? '').startsWith('apiserver.config.k8s.io/'))
  )
}

function redactMetadata(content: JsonObject): JsonValue | undefined {
  const { metadata } = content
  if (!isObject(metadata)) return metadata
  const annotations = metadata.annotations
  const managed = Object.hasOwn(metadata, 'managedFields')
  const applied = isObject(annotations) && Object.hasOwn(annotations, LAST_APPLIED)
  if (!managed && !applied) return metadata
  const copy = { ...metadata }
  delete copy.managedFields
  const kept = [...otherVersions(metadata, asString(content.apiVersion)), ...cordonOfUpgrade(content)]
  if (kept.length > 0) copy.managedFields = kept
  if (applied) copy.annotations = { ...annotations, [LAST_APPLIED]: REDACTED }
  return copy
}

function redactValues(
  data: JsonValue,
  keeps: (key: string, value: JsonValue | undefined) => boolean,
): JsonValue {
  if (!isObject(data)) return REDACTED
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, keeps(key, value) ? (value ?? null) : REDACTED]),
  )
}

const BOOTSTRAP_TOKEN = 'bootstrap.kubernetes.io/token'
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/**
 * When a bootstrap token ends and what it is good for, which is no secret: nothing but a time and true or false is kept,
 * plain or in base64. Source: k8s.io/cluster-bootstrap v0.36.2 token/api/types.go.
 */
function isAboutToken(key: string, value: JsonValue | undefined): boolean {
  if (typeof value !== 'string' || value.length > 60) return false
  const forms = [value, Buffer.from(value, 'base64').toString('utf8')]
  if (key === 'expiration') return forms.some((form) => TIME.test(form))
  const usage = key === 'usage-bootstrap-authentication' || key === 'usage-bootstrap-signing'
  return usage && forms.some((form) => form === 'true' || form === 'false')
}

function redactCredentials(content: JsonObject): JsonObject {
  const clean = (key: string, value: JsonValue | undefined): JsonValue | undefined => {
    if (Array.isArray(value)) return value.map((item) => clean('', item) as JsonValue)
    if (isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(name, inner)]))
    }
    return CREDENTIAL_KEYS.has(key) && typeof value === 'string' ? REDACTED : value
  }
  return clean('', content) as JsonObject
}
