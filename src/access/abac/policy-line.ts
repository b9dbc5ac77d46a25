import { asBoolean, asString, field, isObject, type JsonObject } from '../../model/index.js'

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

const VERSION = 'abac.authorization.kubernetes.io/v1beta1'
const AUTHENTICATED = 'system:authenticated'

type Fields = Omit<AbacPolicy, 'line' | 'widened'>

/**
 * Reads one JSON object of a policy file; an error text where the API server would refuse to start.
 * Source: kubernetes v1.36.2 pkg/auth/authorizer/abac/abac.go, NewFromFile, and pkg/apis/abac/{v0,v1beta1}/conversion.go.
 */
export function readPolicyLine(text: string, line: number): AbacPolicy | { readonly error: string } {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return { error: `not a JSON object: ${(error as Error).message.replace(/".*"/s, '').trim()}` }
  }
  if (!isObject(content)) return { error: 'not a JSON object' }
  const apiVersion = field(content, 'apiVersion')
  const kind = field(content, 'kind')
  for (const [key, value] of Object.entries({ apiVersion, kind })) {
    if (value !== undefined && value !== null && typeof value !== 'string') {
      return { error: `\`${key}\` is not a text` }
    }
  }
  // A line of another version or kind is read as an unversioned one, with its fields at the top.
  if (apiVersion === VERSION && kind === 'Policy') return versioned(content, line)
  if ((apiVersion ?? '') !== '' && (kind ?? '') !== '') {
    return {
      error: `no policy of kind \`${asString(kind)}\` in version \`${asString(apiVersion)}\` is known`,
    }
  }
  return unversioned(content, line)
}

function versioned(content: JsonObject, line: number): AbacPolicy | { readonly error: string } {
  const spec = field(content, 'spec') ?? {}
  if (!isObject(spec)) return { error: '`spec` is not a mapping' }
  const fields = readFields(spec, true)
  if ('error' in fields) return fields
  if (fields.user !== '*' && fields.group !== '*') return { ...fields, line, widened: [] }
  const widened = [`\`*\` as user or group means every member of ${AUTHENTICATED}, whatever else is named`]
  return { ...fields, user: '', group: AUTHENTICATED, line, widened }
}

function unversioned(content: JsonObject, line: number): AbacPolicy | { readonly error: string } {
  const fields = readFields(content, false)
  if ('error' in fields) return fields
  const widened: string[] = []
  let { user, group, namespace, resource } = fields
  if ((user === '' && group === '') || user === '*' || group === '*') {
    widened.push(`no user and no group, or \`*\`, means every member of ${AUTHENTICATED}`)
    if (user === '*' || group === '*') user = ''
    group = AUTHENTICATED
  }
  const nonResourcePath = namespace === '' && resource === '' ? '*' : ''
  if (nonResourcePath === '*') widened.push('neither namespace nor resource: every URL too')
  if (namespace === '') {
    namespace = '*'
    widened.push('no namespace: every namespace')
  }
  if (resource === '') {
    resource = '*'
    widened.push('no resource: every resource')
  }
  widened.push('every API group')
  return { ...fields, user, group, namespace, resource, apiGroup: '*', nonResourcePath, line, widened }
}

/** Field names are matched without regard to case, as Go's JSON does: the last one wins. */
function readFields(from: JsonObject, all: boolean): Fields | { readonly error: string } {
  const names = ['user', 'group', 'resource', 'namespace', ...(all ? ['apiGroup', 'nonResourcePath'] : [])]
  const texts: Record<string, string> = {}
  for (const name of names) {
    const value = field(from, name)
    if (value !== undefined && value !== null && typeof value !== 'string')
      return { error: `\`${name}\` is not a text` }
    texts[name] = asString(value) ?? ''
  }
  const readonly = field(from, 'readonly')
  if (readonly !== undefined && readonly !== null && typeof readonly !== 'boolean')
    return { error: '`readonly` is not true or false' }
  const text = (name: string): string => texts[name] ?? ''
  return {
    user: text('user'),
    group: text('group'),
    readonly: asBoolean(readonly) ?? false,
    apiGroup: text('apiGroup'),
    resource: text('resource'),
    namespace: text('namespace'),
    nonResourcePath: text('nonResourcePath'),
  }
}
