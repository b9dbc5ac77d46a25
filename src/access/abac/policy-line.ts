import { asBoolean, asString, field, isObject, type JsonObject, type JsonValue } from '../../model/index.js'
import { readYaml } from '../../text/index.js'

/** One line of a policy file after the widening that loading it does. */
export interface AbacPolicy {
  /** Line in the file, from 1. */
  readonly line: number
  readonly user: string
  readonly group: string
  readonly readonly: boolean
  readonly apiGroup: string
  readonly resource: string
  readonly namespace: string
  readonly nonResourcePath: string
  /** What loading made wider than it is written, in words. */
  readonly widened: readonly string[]
}

interface Refusal {
  readonly error: string
}

const GROUP = 'abac.authorization.kubernetes.io'
const AUTHENTICATED = 'system:authenticated'
const EVERYBODY = `user or group \`*\` means every member of ${AUTHENTICATED}, whatever else is named`
const COMMON = ['user', 'group', 'resource', 'namespace'] as const
const VERSIONED = [...COMMON, 'apiGroup', 'nonResourcePath'] as const

/**
 * Reads one line of a policy file; an error text where the API server would refuse to start. A line that does not
 * begin with `{` is read as YAML, as there. Field names count with their case, unknown ones are passed over.
 * Source: kubernetes v1.36.2 pkg/auth/authorizer/abac/abac.go, NewFromFile, and pkg/apis/abac/{v0,v1beta1}/conversion.go.
 */
export function readPolicyLine(text: string, line: number): AbacPolicy | Refusal {
  const content = parse(text)
  if ('error' in content) return content
  // `null` is an empty mapping.
  const policy = content.value ?? {}
  if (!isObject(policy)) return { error: 'it is no JSON object' }
  const apiVersion = versionField(policy, 'apiVersion')
  const kind = versionField(policy, 'kind')
  for (const given of [apiVersion, kind]) if (typeof given !== 'string') return given
  if (apiVersion === `${GROUP}/v1beta1` && kind === 'Policy') return versioned(policy, line)
  if ((apiVersion === '' || apiVersion === `${GROUP}/v0`) && (kind === '' || kind === 'Policy')) {
    return unversioned(policy, line)
  }
  if (kind === '') return { error: `\`apiVersion\` is set and \`kind\` is not: write \`"kind":"Policy"\`` }
  return { error: 'no policy of this `apiVersion` and `kind` is known' }
}

function parse(text: string): { readonly value: JsonValue } | Refusal {
  if (text.trimStart().startsWith('{')) {
    try {
      return { value: JSON.parse(text) as JsonValue }
    } catch {
      return { error: 'not valid JSON' }
    }
  }
  const read = readYaml(text)
  return read.value === undefined ? { error: 'neither JSON nor YAML' } : { value: read.value }
}

/** Go looks the version up without regard to case, and the other fields with it. */
function versionField(policy: JsonObject, name: 'apiVersion' | 'kind'): string | Refusal {
  const key = Object.keys(policy).findLast((each) => each.toLowerCase() === name.toLowerCase())
  const value = key === undefined ? '' : (policy[key] ?? '')
  return typeof value === 'string' ? value : { error: `\`${name}\` is not a text` }
}

function versioned(policy: JsonObject, line: number): AbacPolicy | Refusal {
  const spec = field(policy, 'spec') ?? {}
  if (!isObject(spec)) return { error: '`spec` is not a mapping' }
  const read = readFields(spec, VERSIONED)
  if ('error' in read) return read
  if (read.user !== '*' && read.group !== '*') return { ...read, line, widened: [] }
  return { ...read, user: '', group: AUTHENTICATED, line, widened: [EVERYBODY] }
}

function unversioned(policy: JsonObject, line: number): AbacPolicy | Refusal {
  const read = readFields(policy, COMMON)
  if ('error' in read) return read
  const { user, group, namespace, resource } = read
  const everybody = user === '*' || group === '*'
  const nobody = user === '' && group === ''
  const everyUrl = namespace === '' && resource === ''
  return {
    ...read,
    line,
    user: everybody ? '' : user,
    group: everybody || nobody ? AUTHENTICATED : group,
    namespace: namespace === '' ? '*' : namespace,
    resource: resource === '' ? '*' : resource,
    apiGroup: '*',
    nonResourcePath: everyUrl ? '*' : '',
    widened: [
      ...(everybody ? [EVERYBODY] : []),
      ...(nobody ? [`no user and no group means every member of ${AUTHENTICATED}`] : []),
      ...(namespace === '' ? ['no namespace means every namespace'] : []),
      ...(resource === '' ? ['no resource means every resource'] : []),
      ...(everyUrl ? ['neither namespace nor resource: every URL too'] : []),
      'an unversioned line counts for every API group',
    ],
  }
}

type Fields = Omit<AbacPolicy, 'line' | 'widened'>

function readFields(from: JsonObject, names: readonly (typeof VERSIONED)[number][]): Fields | Refusal {
  const fields = { user: '', group: '', resource: '', namespace: '', apiGroup: '', nonResourcePath: '' }
  for (const name of names) {
    const value = field(from, name) ?? ''
    if (typeof value !== 'string') return { error: `\`${name}\` is not a text` }
    fields[name] = asString(value) ?? ''
  }
  const readonly = field(from, 'readonly') ?? false
  if (typeof readonly !== 'boolean') return { error: '`readonly` is not true or false' }
  return { ...fields, readonly: asBoolean(readonly) ?? false }
}
