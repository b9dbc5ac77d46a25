import { readDocument, type DocumentFields, type DocumentPlace, type DocumentRead } from '../../text/index.js'

export const ENCRYPTION_PROVIDERS = ['identity', 'aescbc', 'aesgcm', 'secretbox', 'kms'] as const
export type EncryptionProviderKind = (typeof ENCRYPTION_PROVIDERS)[number]

/** One provider with its place. Keys themselves are never read: what is known of them is how many there are. */
export interface EncryptionProvider {
  readonly kind: EncryptionProviderKind
  readonly place: DocumentPlace
  readonly keys: number
  /** Of kms alone: `v1`, also where nothing is written, or `v2`. */
  readonly apiVersion?: 'v1' | 'v2'
  readonly name?: string
}

export interface EncryptionEntry {
  readonly place: DocumentPlace
  /** `secrets`, `deployments.apps`, `*.` (the core group), `*.apps`, `*.*`. */
  readonly resources: readonly string[]
  readonly providers: readonly EncryptionProvider[]
}

/** An EncryptionConfiguration without its keys. */
export interface EncryptionConfiguration {
  readonly entries: readonly EncryptionEntry[]
}

/** Source: k8s.io/apiserver v0.36.3 pkg/apis/apiserver/v1/register.go, addKnownTypes. */
const KINDS = [
  { kind: 'EncryptionConfiguration', apiVersion: 'apiserver.config.k8s.io/v1' },
  { kind: 'EncryptionConfig', apiVersion: 'v1' },
]

/**
 * Reads the file of --encryption-provider-config. What kube-apiserver refuses is a fault, except for the keys' own form,
 * which is not looked at.
 * Source: k8s.io/apiserver v0.36.3 pkg/apis/apiserver/validation/validation_encryption.go;
 * pkg/server/options/encryptionconfig/config.go, getTransformerOverridesAndKMSPluginProbes.
 */
export function readEncryptionConfiguration(text: string): DocumentRead<EncryptionConfiguration> {
  return readDocument(text, KINDS, (config) => {
    const maps = config.maps('resources')
    if (maps.length === 0) config.refuse('must have at least one member', 'resources')
    const masks = new Set<string>()
    return { entries: maps.map((entry) => readEntry(entry, masks)) }
  })
}

/** `masks`: the wildcards of the entries before, behind which nothing may follow. */
function readEntry(entry: DocumentFields, masks: Set<string>): EncryptionEntry {
  const resources = entry.texts('resources')
  const maps = entry.maps('providers')
  if (resources.length === 0) entry.refuse('must have at least one member', 'resources')
  if (maps.length === 0) entry.refuse('must have at least one member', 'providers')
  resources.forEach((resource, index) => {
    const fault = nameFault(resource) ?? maskFault(resource, masks)
    if (fault !== undefined) entry.refuse(fault, 'resources', index)
  })
  const overlap = overlapOf(resources)
  if (overlap !== undefined) entry.refuse(overlap, 'resources')
  for (const resource of resources) if (resource.startsWith('*.')) masks.add(resource)
  return { place: entry.placeOf(), resources, providers: maps.map(readProvider) }
}

function nameFault(resource: string): string | undefined {
  const { name, group } = groupResource(resource)
  if (resource !== resource.toLowerCase()) return 'must be in small letters'
  if (resource === '*') return 'must be `*.` for the core group or `*.*` for everything'
  if (NOT_IN_THE_API.has(resource)) return 'names what no API serves'
  if (group === 'events.k8s.io') return 'must be of group `events`'
  if (group === 'extensions') return 'names a group that was removed'
  return group === '*' && name !== '*' ? 'may not name one resource of all groups' : undefined
}

const NOT_IN_THE_API: ReadonlySet<string> = new Set([
  'apiserveripinfo',
  'serviceipallocations',
  'servicenodeportallocations',
])

function maskFault(resource: string, masks: ReadonlySet<string>): string | undefined {
  const mask = [`*.${groupResource(resource).group}`, '*.*'].find((each) => masks.has(each))
  return mask === undefined ? undefined : `is hidden by \`${mask}\` in an earlier entry`
}

/** Source: same folder, validateResourceOverlap. */
function overlapOf(resources: readonly string[]): string | undefined {
  if (new Set(resources).size !== resources.length) return 'names a resource twice'
  if (resources.length > 1 && resources.includes('*.*')) return 'names resources that `*.*` covers'
  const wide = resources.filter((each) => each.startsWith('*.')).map((each) => groupResource(each).group)
  const covered = resources.some((each) => {
    const { name, group } = groupResource(each)
    return name !== '*' && wide.includes(group)
  })
  return covered ? 'names a resource beside the wildcard that covers it' : undefined
}

/** `deployments.apps` is `deployments` of group `apps`. Source: apimachinery v0.36.3 pkg/runtime/schema, ParseGroupResource. */
export function groupResource(text: string): { readonly name: string; readonly group: string } {
  const dot = text.indexOf('.')
  return dot < 0 ? { name: text, group: '' } : { name: text.slice(0, dot), group: text.slice(dot + 1) }
}

function readProvider(given: DocumentFields): EncryptionProvider {
  const found = ENCRYPTION_PROVIDERS.filter((kind) => given.map(kind) !== undefined)
  const [kind] = found
  if (kind === undefined) given.refuse(`must hold one of ${ENCRYPTION_PROVIDERS.join(', ')}`)
  if (found.length > 1) given.refuse('holds several providers: each must be a member of its own')
  const place = given.placeOf(kind)
  const own = given.map(kind)
  if (kind === 'identity' || own === undefined) return { kind, place, keys: 0 }
  if (kind === 'kms') return { kind, place, keys: 0, ...readKms(own) }
  const keys = own.maps('keys')
  if (keys.length === 0) own.refuse('must have at least one member', 'keys')
  return { kind, place, keys: keys.length }
}

/** Source: k8s.io/apiserver v0.36.3 pkg/apis/apiserver/v1/defaults.go, SetDefaults_KMSConfiguration. */
function readKms(kms: DocumentFields): Pick<EncryptionProvider, 'apiVersion' | 'name'> {
  const apiVersion = kms.text('apiVersion') || 'v1'
  if (apiVersion !== 'v1' && apiVersion !== 'v2') kms.refuse('must be v1 or v2', 'apiVersion')
  const name = kms.text('name')
  if (name === '') kms.refuse('is missing', 'name')
  if (!kms.text('endpoint').startsWith('unix:')) kms.refuse('must be a unix socket', 'endpoint')
  return { apiVersion, name }
}
