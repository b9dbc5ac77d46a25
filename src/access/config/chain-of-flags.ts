import { asString, asStrings, type FilePlace } from '../../model/index.js'
import { parseGoDuration } from '../../text/index.js'
import type { AuthorizationFlag, GivenFlags } from './authorization-flags.js'
import {
  AUTHORIZER_MODES,
  type AuthorizerConfig,
  type ChainConfig,
  type ConfigError,
  type PlainAuthorizerType,
  type WebhookConfig,
} from './chain.js'
import { quoted } from './field-report.js'
import { milliseconds } from './webhook-config.js'

/** A chain, or every reason why the API server would not start with these flags. */
export interface FlagChainRead {
  /** Missing where there are errors. */
  readonly config?: ChainConfig
  readonly errors: readonly ConfigError[]
}

/** Flags that may not stand beside --authorization-config. Source: authorization.go, AreLegacyFlagsSet. */
const LEGACY: readonly AuthorizationFlag[] = [
  'authorization-mode',
  'authorization-webhook-config-file',
  'authorization-webhook-version',
  'authorization-webhook-cache-authorized-ttl',
  'authorization-webhook-cache-unauthorized-ttl',
]
const MODES: readonly string[] = AUTHORIZER_MODES

/** The name of the webhook of --authorization-mode. Source: authorization.go, defaultWebhookName. */
const WEBHOOK_NAME = 'default'
/** Source: authorization.go, NewBuiltInAuthorizationOptions and buildAuthorizationConfiguration. */
const DEFAULTS = { authorizedTTL: '5m', unauthorizedTTL: '30s', version: 'v1beta1', timeout: 30_000 } as const

/**
 * The file that --authorization-config names; empty where none is named. With one, `configFileErrors` says what may not
 * stand beside it; without one, `chainOfFlags` gives the chain.
 */
export function configFileOf(given: GivenFlags): string {
  return text(given, 'authorization-config')
}

/** The policy file that ABAC reads; it is named by a flag, whoever names the chain. */
export function policyFileOf(given: GivenFlags): string {
  return text(given, 'authorization-policy-file')
}

/** Source: kubernetes v1.36.2 pkg/kubeapiserver/options/authorization.go, Validate. */
export function configFileErrors(given: GivenFlags): readonly ConfigError[] {
  const place = given.get('authorization-config')?.place ?? { file: '--authorization-config' }
  return LEGACY.filter((name) => given.has(name)).map((name) => ({
    message: `\`--${name}\` may not stand beside \`--authorization-config\`, which names the whole chain`,
    place: given.get(name)?.place ?? place,
    field: '',
  }))
}

/**
 * The chain that the flags of an API server make, with what it refuses to start with. `detail` says whose flags they are.
 * Source: kubernetes v1.36.2 pkg/kubeapiserver/options/authorization.go, Complete, Validate and
 * buildAuthorizationConfiguration; webhook.go, subjectAccessReviewInterfaceFromConfig (the version).
 */
export function chainOfFlags(given: GivenFlags, detail: string): FlagChainRead {
  const named = asStrings(given.get('authorization-mode')?.value ?? null)
  const modes = named.length === 0 ? ['AlwaysAllow'] : named
  const place = given.get('authorization-mode')?.place ?? { file: '--authorization-mode' }
  const errors = [...modeErrors(modes, given, place), ...partnerErrors(modes, given)]
  if (errors.length > 0) return { errors }
  const policyFile = policyFileOf(given)
  return {
    config: {
      authorizers: modes.map((mode) => authorizerOf(mode, given, place)),
      origin: { kind: 'flags', detail, ...(place.line === undefined ? {} : { place }) },
      ...(policyFile === '' ? {} : { abacPolicyFile: policyFile }),
    },
    errors: [],
  }
}

function modeErrors(modes: readonly string[], given: GivenFlags, place: FilePlace): ConfigError[] {
  const errors: ConfigError[] = []
  const add = (message: string): number => errors.push({ message, place, field: '' })
  for (const mode of modes) {
    const meant = MODES.find((each) => each.toLowerCase() === mode.trim().toLowerCase())
    const hint = meant === undefined ? `; modes are ${MODES.join(', ')}` : `; it is written \`${meant}\``
    if (!MODES.includes(mode)) add(`\`--authorization-mode\`: ${quoted(mode)} is no mode${hint}`)
  }
  const twice = modes.find((mode, index) => modes.indexOf(mode) !== index)
  if (twice !== undefined) add(`\`--authorization-mode\` names ${quoted(twice)} more than once`)
  const version = text(given, 'authorization-webhook-version', DEFAULTS.version)
  if (modes.includes('Webhook') && version !== 'v1' && version !== 'v1beta1') {
    const message = `\`--authorization-webhook-version\` must be v1 or v1beta1, not ${quoted(version)}`
    errors.push({ message, place: given.get('authorization-webhook-version')?.place ?? place, field: '' })
  }
  return errors
}

/** A mode and the flag that names its file need each other. */
function partnerErrors(modes: readonly string[], given: GivenFlags): ConfigError[] {
  const partners = [
    ['ABAC', 'authorization-policy-file'],
    ['Webhook', 'authorization-webhook-config-file'],
  ] as const
  return partners.flatMap(([mode, flag]) => {
    const has = text(given, flag) !== ''
    if (modes.includes(mode) === has) return []
    const message = has
      ? `\`--${flag}\` needs mode ${mode} in \`--authorization-mode\``
      : `mode ${mode} needs \`--${flag}\``
    const own = has ? flag : 'authorization-mode'
    const place = given.get(own)?.place ?? { file: `--${own}` }
    return [{ message, place, field: '' }]
  })
}

function authorizerOf(mode: string, given: GivenFlags, place: FilePlace): AuthorizerConfig {
  if (mode !== 'Webhook') return { type: mode as PlainAuthorizerType, name: mode.toLowerCase(), place }
  return { type: 'Webhook', name: WEBHOOK_NAME, place, webhook: webhookOf(given) }
}

function webhookOf(given: GivenFlags): WebhookConfig {
  const authorized = text(given, 'authorization-webhook-cache-authorized-ttl', DEFAULTS.authorizedTTL)
  const unauthorized = text(given, 'authorization-webhook-cache-unauthorized-ttl', DEFAULTS.unauthorizedTTL)
  const version = text(given, 'authorization-webhook-version', DEFAULTS.version)
  return {
    authorizedTTL: milliseconds(authorized),
    unauthorizedTTL: milliseconds(unauthorized),
    cacheAuthorizedRequests: parseGoDuration(authorized) !== 0n,
    cacheUnauthorizedRequests: parseGoDuration(unauthorized) !== 0n,
    timeout: DEFAULTS.timeout,
    subjectAccessReviewVersion: version === 'v1' ? 'v1' : 'v1beta1',
    matchConditionSubjectAccessReviewVersion: '',
    failurePolicy: 'NoOpinion',
    connection: { type: 'KubeConfigFile', file: text(given, 'authorization-webhook-config-file') },
    matchConditions: [],
  }
}

function text(given: GivenFlags, name: AuthorizationFlag, absent = ''): string {
  const flag = given.get(name)
  return flag === undefined ? absent : (asString(flag.value) ?? '')
}
