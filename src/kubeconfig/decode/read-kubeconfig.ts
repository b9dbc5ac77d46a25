import {
  asBoolean,
  asList,
  asString,
  field,
  isObject,
  type JsonPath,
  type JsonValue,
} from '../../model/index.js'
import { goQuote, readYaml } from '../../text/index.js'
import { EMPTY_KUBECONFIG, type Kubeconfig } from '../kubeconfig.js'
import { decodeFault, jsonKind } from './decode-struct.js'
import { clusterOf, contextOf, extensionsOf, userOf } from './entries.js'
import { KUBECONFIG_SHAPE } from './kubeconfig-shape.js'

/** Why a text is no kubeconfig, in kubectl's words without any value of the file that may be secret. */
export interface KubeconfigFault {
  readonly message: string
  readonly path?: JsonPath
  readonly line?: number
}

export type KubeconfigText =
  | { readonly config: Kubeconfig; readonly fault?: undefined }
  | { readonly config?: undefined; readonly fault: KubeconfigFault }

/**
 * One kubeconfig file: YAML or JSON, with client-go's defaults. Unknown fields are passed over, as client-go does; who
 * writes the file keeps them. Never throws.
 * Source: client-go v0.36.2 tools/clientcmd/loader.go, Load; api/v1/conversion.go.
 */
export function readKubeconfig(text: string): KubeconfigText {
  if (text === '') return { config: EMPTY_KUBECONFIG }
  const read = readYaml(text)
  if (read.value === undefined) {
    const problem = read.problems.find(({ level }) => level === 'error')
    const at = problem === undefined ? '' : `line ${problem.line}: `
    const message = `yaml: ${at}${problem?.message.replace(/^not valid YAML: /, '') ?? 'the document cannot be read'}`
    return { fault: { message, ...(problem === undefined ? {} : { line: problem.line }) } }
  }
  const fault =
    kindFault(read.value) ?? decodeFault(read.value, KUBECONFIG_SHAPE) ?? duplicateFault(read.value)
  return fault === undefined ? { config: configOf(read.value) } : { fault }
}

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'
/** Where client-go makes the scheme that its message names. */
const SCHEME = 'k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50'

/** Source: apimachinery v0.36.2 pkg/runtime/serializer/json/meta.go, Interpret; pkg/runtime/error.go. */
function kindFault(value: JsonValue): KubeconfigFault | undefined {
  if (value === null) return undefined
  const wrong = (what: string): KubeconfigFault => ({
    message: `couldn't get version/kind; json parse error: json: cannot unmarshal ${what}`,
  })
  if (!isObject(value)) return wrong(`${jsonKind(value)} into Go value of type ${TYPE_META}`)
  for (const key of ['apiVersion', 'kind']) {
    const named = field(value, key) ?? ''
    if (typeof named !== 'string')
      return { ...wrong(`${jsonKind(named)} into Go struct field .${key} of type string`), path: [key] }
  }
  const version = asString(value.apiVersion) || 'v1'
  const kind = asString(value.kind) || 'Config'
  if (version === 'v1' && kind === 'Config') return undefined
  if ((version.match(/\//g) ?? []).length > 1)
    return { message: `unexpected GroupVersion string: ${version}`, path: ['apiVersion'] }
  const message = `no kind ${goQuote(kind)} is registered for version ${goQuote(version)} in scheme ${goQuote(SCHEME)}`
  return { message, path: [version === 'v1' ? 'kind' : 'apiVersion'] }
}

const LISTS = [
  ['clusters', 'NamedCluster', 'map[string]*api.Cluster', 'cluster'],
  ['users', 'NamedAuthInfo', 'map[string]*api.AuthInfo', 'user'],
  ['contexts', 'NamedContext', 'map[string]*api.Context', 'context'],
] as const

/** A name that stands twice in one file. client-go prints the whole list behind this message, tokens and all; we do not. */
function duplicateFault(value: JsonValue): KubeconfigFault | undefined {
  const twice = (path: JsonPath, from: string, to: string): KubeconfigFault | undefined => {
    let list: JsonValue | undefined = value
    for (const step of path) list = typeof step === 'number' ? asList(list)[step] : field(list, step)
    const seen = new Set<string>()
    for (const [index, item] of asList(list).entries()) {
      const name = asString(field(item, 'name')) ?? ''
      const message = `error converting *[]${from} into *${to}: duplicate name "${name}" in list`
      if (seen.has(name)) return { message, path: [...path, index, 'name'] }
      // An extension that holds nothing does not count as one.
      if (from !== 'NamedExtension' || (field(item, 'extension') ?? null) !== null) seen.add(name)
    }
    return undefined
  }
  const extensions = (path: JsonPath): KubeconfigFault | undefined =>
    twice([...path, 'extensions'], 'NamedExtension', 'map[string]runtime.Object')
  // The order in which client-go converts: preferences, clusters, users, contexts, extensions.
  const preferences = extensions(['preferences'])
  if (preferences !== undefined) return preferences
  for (const [key, from, to, inner] of LISTS) {
    for (const index of asList(field(value, key)).keys()) {
      const inside = extensions([key, index, inner])
      if (inside !== undefined) return inside
    }
    const found = twice([key], from, to)
    if (found !== undefined) return found
  }
  return extensions([])
}

function configOf(value: JsonValue): Kubeconfig {
  const named = <T>(key: string, inner: string, read: (value: JsonValue | undefined) => T): Map<string, T> =>
    new Map(
      asList(field(value, key)).map((item) => [
        asString(field(item, 'name')) ?? '',
        read(field(item, inner)),
      ]),
    )
  const preferences = field(value, 'preferences')
  return {
    preferences: {
      colors: asBoolean(field(preferences, 'colors')) ?? false,
      extensions: extensionsOf(preferences),
    },
    clusters: named('clusters', 'cluster', clusterOf),
    users: named('users', 'user', userOf),
    contexts: named('contexts', 'context', contextOf),
    currentContext: asString(field(value, 'current-context')) ?? '',
    extensions: extensionsOf(value),
  }
}
