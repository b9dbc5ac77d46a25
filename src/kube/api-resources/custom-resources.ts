import {
  asList,
  asObject,
  asString,
  asStrings,
  field,
  valueAt,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import type { ApiCatalogue, ApiGroup, ApiResource, ApiSubresource } from './catalogue.js'
import { compareKubeVersions } from './kube-version-order.js'

// Source: kubernetes v1.36.2 apiextensions-apiserver pkg/apiserver/customresource_discovery_controller.go, sync:
// the verbs in that order, and those that are left while the definition is being deleted.
const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']
const VERBS_WHILE_TERMINATING = ['delete', 'deletecollection', 'get', 'list', 'watch']
const SUBRESOURCE_VERBS = ['get', 'patch', 'update']

/**
 * The catalogue with the resources of CustomResourceDefinitions. Definitions that name no group, plural or kind, or
 * serve no version, add nothing; of two that name the same resource the first counts, as of a built-in resource
 * and a definition. Groups of definitions come after the built-in ones, by name.
 */
export function withCustomResources(
  catalogue: ApiCatalogue,
  definitions: readonly KubeObject[],
): ApiCatalogue {
  const taken = new Set(
    catalogue.groups.flatMap((group) => group.resources.map(({ name }) => `${group.name}/${name}`)),
  )
  const added = new Map<string, ApiResource[]>()
  for (const definition of definitions) {
    for (const resource of readDefinition(definition)) {
      const key = `${resource.group}/${resource.name}`
      const inGroup = added.get(resource.group) ?? []
      const mine = inGroup.some(({ name, definition: by }) => name === resource.name && by === definition)
      if (taken.has(key) && !mine) continue
      taken.add(key)
      added.set(resource.group, [...inGroup, resource])
    }
  }
  const builtIn = catalogue.groups.map((group) => mergeGroup(group, added.get(group.name) ?? []))
  const names = new Set(builtIn.map((group) => group.name))
  const own = [...added.keys()].filter((name) => !names.has(name)).sort()
  const ownGroups = own.map((name) =>
    mergeGroup({ name, versions: [], resources: [] }, added.get(name) ?? []),
  )
  return { ...catalogue, groups: [...builtIn, ...ownGroups] }
}

/**
 * Versions of definitions that a built-in group does not have come first: the server gives them priority 100, and
 * no built-in version one above 21. Source: kubernetes v1.36.2 crdregistration_controller.go and aggregator.go.
 */
function mergeGroup(group: ApiGroup, resources: readonly ApiResource[]): ApiGroup {
  if (resources.length === 0) return group
  const fresh = new Set(resources.flatMap((resource) => resource.versions))
  for (const version of group.versions) fresh.delete(version)
  const versions = [...[...fresh].sort(compareKubeVersions), ...group.versions]
  const sorted = [...group.resources, ...resources].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  )
  return { name: group.name, versions, resources: sorted }
}

/** The resources of one definition; several where its versions have other subresources. */
function readDefinition(definition: KubeObject): ApiResource[] {
  const spec = field(definition.content, 'spec')
  const group = asString(field(spec, 'group')) ?? ''
  const names = acceptedNames(definition)
  const name = asString(field(names, 'plural')) ?? ''
  const kind = asString(field(names, 'kind')) ?? ''
  if (group === '' || name === '' || kind === '') return []
  const bySubresources = new Map<
    string,
    { readonly subresources: ApiSubresource[]; readonly versions: string[] }
  >()
  for (const version of servedVersions(spec)) {
    const subresources = subresourcesOf(version.subresources, { group, version: version.name, kind })
    const key = subresources.map((one) => one.name).join()
    const known = bySubresources.get(key)
    if (known === undefined) bySubresources.set(key, { subresources, versions: [version.name] })
    else known.versions.push(version.name)
  }
  const common = {
    group,
    name,
    singular: asString(field(names, 'singular')) || kind.toLowerCase(),
    kind,
    namespaced: field(spec, 'scope') === 'Namespaced',
    shortNames: asStrings(field(names, 'shortNames')),
    categories: asStrings(field(names, 'categories')),
    verbs: isTerminating(definition) ? VERBS_WHILE_TERMINATING : VERBS,
    definition,
  }
  return [...bySubresources.values()].map((one) => ({ ...common, ...one }))
}

/** The names that the server took, where the object says so; those that are asked for otherwise. */
function acceptedNames(definition: KubeObject): JsonValue | undefined {
  const accepted = valueAt(definition.content, ['status', 'acceptedNames'])
  const taken = asString(field(accepted, 'plural')) ?? ''
  return taken === '' ? valueAt(definition.content, ['spec', 'names']) : accepted
}

function isTerminating(definition: KubeObject): boolean {
  return asList(valueAt(definition.content, ['status', 'conditions'])).some(
    (condition) => field(condition, 'type') === 'Terminating' && field(condition, 'status') === 'True',
  )
}

interface ServedVersion {
  readonly name: string
  readonly subresources: JsonValue | undefined
}

/** Versions of apiextensions v1, or of v1beta1, which could name one version and subresources for all of them. */
function servedVersions(spec: JsonValue | undefined): ServedVersion[] {
  const shared = field(spec, 'subresources')
  const given = asList(field(spec, 'versions')).flatMap((version) => {
    const name = asString(field(version, 'name')) ?? ''
    if (name === '' || field(version, 'served') !== true) return []
    return [{ name, subresources: field(version, 'subresources') ?? shared }]
  })
  const single = asString(field(spec, 'version')) ?? ''
  const all =
    given.length === 0 && single !== '' && field(spec, 'versions') === undefined
      ? [{ name: single, subresources: shared }]
      : given
  return all.sort((a, b) => compareKubeVersions(a.name, b.name))
}

function subresourcesOf(
  given: JsonValue | undefined,
  parent: Pick<ApiSubresource, 'group' | 'version' | 'kind'>,
): ApiSubresource[] {
  const has = (name: string): boolean => {
    const value = asObject(given)[name]
    return value !== undefined && value !== null
  }
  const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' }
  return [
    ...(has('status') ? [{ name: 'status', ...parent, verbs: SUBRESOURCE_VERBS }] : []),
    ...(has('scale') ? [{ name: 'scale', ...scale, verbs: SUBRESOURCE_VERBS }] : []),
  ]
}
