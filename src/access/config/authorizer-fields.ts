import { asList, asString, field, type JsonPath, type JsonValue } from '../../model/index.js'
import { isDnsSubdomain } from '../../text/index.js'
import { AUTHORIZER_MODES } from './chain.js'
import { quoted, type FieldReport } from './field-report.js'

const MODES: readonly string[] = AUTHORIZER_MODES
/** Source: kubernetes v1.36.2 pkg/kubeapiserver/authorizer/config.go, repeatableAuthorizerTypes. */
const REPEATABLE = 'Webhook'

/**
 * Reports every authorizer of a configuration that the API server refuses; the fields of webhooks are left to
 * `webhookAt`. Once an authorizer's type is wrong its other fields are not looked at.
 * Source: kubernetes v1.36.2 apiserver pkg/apis/apiserver/validation/validation.go, ValidateAuthorizationConfiguration.
 */
export function validateAuthorizers(
  configuration: JsonValue,
  report: FieldReport,
  webhookAt: (webhook: JsonValue, path: JsonPath) => void,
): void {
  const authorizers = asList(field(configuration, 'authorizers'))
  if (authorizers.length === 0) report.add(['authorizers'], 'at least one authorizer must stand here')
  const types = new Set<string>()
  const names = new Set<string>()
  for (const [index, authorizer] of authorizers.entries()) {
    const path = ['authorizers', index]
    const type = asString(field(authorizer, 'type')) ?? ''
    const wrong = typeError(type, types)
    if (wrong !== undefined) {
      report.add([...path, 'type'], wrong)
      continue
    }
    types.add(type)
    const name = asString(field(authorizer, 'name')) ?? ''
    const wrongName = nameError(name, names)
    if (wrongName !== undefined) report.add([...path, 'name'], wrongName)
    names.add(name)
    const webhook = field(authorizer, 'webhook') ?? null
    if (type !== 'Webhook') {
      if (webhook !== null) report.add([...path, 'webhook'], 'it may stand only beside `type: Webhook`')
    } else if (webhook === null) {
      report.add([...path, 'webhook'], 'it is missing; an authorizer of type Webhook needs it')
    } else {
      webhookAt(webhook, [...path, 'webhook'])
    }
  }
}

function typeError(type: string, seen: ReadonlySet<string>): string | undefined {
  const modes = MODES.join(', ')
  if (type === '') return `it is missing; it must be one of ${modes}`
  if (!MODES.includes(type)) return `it must be one of ${modes}, not ${quoted(type)}`
  return seen.has(type) && type !== REPEATABLE ? `an authorizer of type ${type} stands here twice` : undefined
}

function nameError(name: string, seen: ReadonlySet<string>): string | undefined {
  if (name === '') return 'it is missing'
  if (seen.has(name)) return `the name ${quoted(name)} stands here twice`
  if (isDnsSubdomain(name)) return undefined
  return `${quoted(name)} must be small letters, digits, \`-\` and \`.\`, with a letter or digit at both ends, at most 253 signs`
}

/**
 * Reports what the API server refuses beyond the rules of the file: a built-in authorizer under another name than its
 * own, and a webhook reached by the configuration of a pod, with which it would crash.
 * Source: kubernetes v1.36.2 pkg/kubeapiserver/authorizer/config.go, LoadAndValidateData; reload.go, newForConfig.
 */
export function validateForApiserver(configuration: JsonValue, report: FieldReport): void {
  for (const [index, authorizer] of asList(field(configuration, 'authorizers')).entries()) {
    const path = ['authorizers', index]
    const type = asString(field(authorizer, 'type')) ?? ''
    const name = asString(field(authorizer, 'name')) ?? ''
    if (type !== 'Webhook') {
      const expected = type.toLowerCase()
      if (name !== expected)
        report.add([...path, 'name'], `the authorizer ${type} must be named \`${expected}\``)
    } else if (field(field(field(authorizer, 'webhook'), 'connectionInfo'), 'type') === 'InClusterConfig') {
      const message = 'kube-apiserver takes only `KubeConfigFile`; with `InClusterConfig` it does not start'
      report.add([...path, 'webhook', 'connectionInfo', 'type'], message)
    }
  }
}
