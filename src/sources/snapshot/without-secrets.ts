import { asString, inWords, isObject, REDACTED, type JsonObject, type JsonValue } from '../../model/index.js'
import { isSecretKey, maskText, secretsInArguments } from '../../text/index.js'

/** Annotation keys whose values are settings that checks read. All others may hold anything and are taken out. */
const KEPT_ANNOTATION =
  /(?:^|\.)(?:kubernetes\.io|k8s\.io|openshift\.io|amazonaws\.com|azure\.com|gke\.io|argoproj\.io|cert-manager\.io|istio\.io|linkerd\.io|projectcalico\.org|cilium\.io|prometheus\.io|helm\.sh|nginx\.org)\//
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** ConfigMaps that hold the settings of components; their texts are kept, masked line by line. */
const KEPT_CONFIG =
  /^(?:kubelet-config(?:-\d.*)?|kubeadm-config|kube-proxy|coredns|aws-auth|argocd-cm|argocd-cmd-params-cm|argocd-rbac-cm|ingress-nginx-controller|kubernetes-dashboard-settings|extension-apiserver-authentication|cluster-info|cilium-config|calico-config|kube-flannel-cfg)$/

/** A value that is a switch or a small number: a setting, never a secret. */
const PLAIN = /^(?:true|false|yes|no|on|off|\d{1,6}|)$/i

/**
 * A copy of an object without anything that may be a secret: values of Secrets, literal environment values, data of
 * ConfigMaps, annotations of others, values of flags and keys named like secrets, and known token forms anywhere.
 * The shape stays, so that checks give the same answers.
 */
export function withoutSecrets(content: JsonObject): JsonObject {
  const kind = asString(content.kind)
  return mapObject(content, (key, value) => {
    if (kind === 'Secret' && (key === 'data' || key === 'stringData')) return redactValues(value)
    if (kind === 'ConfigMap' && (key === 'data' || key === 'binaryData')) return configData(content, value)
    return clean(key, value)
  })
}

function configData(content: JsonObject, data: JsonValue): JsonValue {
  const metadata = isObject(content.metadata) ? content.metadata : {}
  if (!KEPT_CONFIG.test(asString(metadata.name) ?? '')) return redactValues(data)
  return isObject(data)
    ? mapObject(data, (key, value) => (typeof value === 'string' ? keepSetting(key, value) : REDACTED))
    : REDACTED
}

function keepSetting(key: string, value: string): string {
  return isSecretKey(key) && !PLAIN.test(value) ? REDACTED : maskKeepingForm(value)
}

/** Masks line by line; the text stays the document that it was. */
function maskKeepingForm(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const keyed = /^(\s*(?:- )?["']?)([\w.-]+)(["']?\s*:\s*)(\S.*)$/.exec(line)
      return keyed !== null && isSecretKey(keyed[2] ?? '') && !PLAIN.test(keyed[4] ?? '')
        ? `${keyed[1]}${keyed[2]}${keyed[3]}'${REDACTED}'`
        : maskText(line)
    })
    .join('\n')
}

function redactValues(data: JsonValue): JsonValue {
  return isObject(data)
    ? mapObject(data, (_key, value) => (PLAIN.test(inWords(value)) ? value : REDACTED))
    : REDACTED
}

function clean(key: string, value: JsonValue): JsonValue {
  if (isObject(value) && isSecretKey(asString(value.name) ?? '') && typeof value.value === 'string') {
    return { ...mapObject(value, clean), value: PLAIN.test(value.value) ? value.value : REDACTED }
  }
  if (key === 'annotations' && isObject(value)) return mapObject(value, cleanAnnotation)
  if (key === 'env' && Array.isArray(value)) return value.map(cleanVariable)
  if ((key === 'command' || key === 'args') && Array.isArray(value)) return cleanArguments(value)
  if (Array.isArray(value)) return value.map((item) => clean('', item))
  if (isObject(value)) return mapObject(value, clean)
  if (typeof value !== 'string') return value
  return isSecretKey(key) && !PLAIN.test(value) && !value.startsWith('/') ? REDACTED : maskText(value)
}

function cleanAnnotation(key: string, value: JsonValue): JsonValue {
  if (key === LAST_APPLIED || !KEPT_ANNOTATION.test(key)) return PLAIN.test(inWords(value)) ? value : REDACTED
  return clean(key, value)
}

function cleanVariable(variable: JsonValue): JsonValue {
  if (!isObject(variable)) return variable
  return mapObject(variable, (key, value) =>
    key === 'value' && typeof value === 'string' ? (PLAIN.test(value) ? value : REDACTED) : clean(key, value),
  )
}

function cleanArguments(args: readonly JsonValue[]): JsonValue[] {
  const secrets = secretsInArguments(args)
  return args.map((argument) =>
    typeof argument === 'string'
      ? maskText(secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), argument))
      : argument,
  )
}

/** Own keys only, defined rather than assigned, so that `__proto__` stays data. */
function mapObject(object: JsonObject, map: (key: string, value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, map(key, value)]])),
  )
}
