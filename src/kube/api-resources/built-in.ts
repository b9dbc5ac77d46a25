import v131 from '../../../data/api-resources/1.31.json' with { type: 'json' }
import v132 from '../../../data/api-resources/1.32.json' with { type: 'json' }
import v133 from '../../../data/api-resources/1.33.json' with { type: 'json' }
import v134 from '../../../data/api-resources/1.34.json' with { type: 'json' }
import v135 from '../../../data/api-resources/1.35.json' with { type: 'json' }
import v136 from '../../../data/api-resources/1.36.json' with { type: 'json' }
import v137 from '../../../data/api-resources/1.37.json' with { type: 'json' }
import { asList, asString, asStrings, field, type JsonValue } from '../../model/index.js'
import type { ApiCatalogue, ApiGroup, ApiResource, ApiSubresource } from './catalogue.js'

/** The minor versions whose built-in resources are known, oldest first: 31 for 1.31. */
export const KNOWN_MINORS: readonly number[] = [31, 32, 33, 34, 35, 36, 37]

/**
 * `default`: the versions that a server serves when nobody switches others on, which are the stable ones.
 * `all`: those that --runtime-config=api/all=true adds, alpha and beta, too.
 * Source: kubernetes v1.36.2 pkg/controlplane/instance.go, DefaultAPIResourceConfigSource.
 */
export type ServedVersions = 'default' | 'all'

const DATA: readonly unknown[] = [v131, v132, v133, v134, v135, v136, v137]
const ORDINARY_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const STATUS_VERBS = ['get', 'patch', 'update']
const STABLE = /^v\d+$/

/**
 * The built-in resources of a minor version; of the nearest known one where it is not known, of the newest without
 * one. Source: api/discovery of each version (scripts/api-resources).
 */
export function builtInCatalogue(minor?: number, served: ServedVersions = 'default'): ApiCatalogue {
  const nearest = nearestMinor(minor)
  const key = `${nearest} ${served}`
  const known = made.get(key)
  if (known !== undefined) return known
  const data = DATA[KNOWN_MINORS.indexOf(nearest)]
  const groups = asList(field(data, 'groups')).map(readGroup)
  const catalogue = { minor: nearest, groups: served === 'all' ? groups : groups.flatMap(onlyStable) }
  made.set(key, catalogue)
  return catalogue
}

const made = new Map<string, ApiCatalogue>()

function nearestMinor(minor: number | undefined): number {
  const oldest = KNOWN_MINORS[0] ?? 0
  const newest = KNOWN_MINORS.at(-1) ?? 0
  return minor === undefined ? newest : Math.min(Math.max(Math.trunc(minor) || oldest, oldest), newest)
}

function onlyStable(group: ApiGroup): ApiGroup[] {
  const versions = group.versions.filter((version) => STABLE.test(version))
  if (versions.length === 0) return []
  const resources = group.resources.flatMap((resource) => {
    const kept = resource.versions.filter((version) => STABLE.test(version))
    return kept.length === 0 ? [] : [{ ...resource, versions: kept }]
  })
  return [{ name: group.name, versions, resources }]
}

function readGroup(data: JsonValue): ApiGroup {
  const name = text(data, 'name')
  const versions = asStrings(field(data, 'versions'))
  const resources = asList(field(data, 'resources')).map((resource) => readResource(resource, name, versions))
  return { name, versions, resources }
}

function readResource(data: JsonValue, group: string, ofGroup: readonly string[]): ApiResource {
  const kind = text(data, 'kind')
  const given = field(data, 'versions')
  const versions = given === undefined ? ofGroup : asStrings(given)
  const parent = { group, version: versions[0] ?? '', kind }
  return {
    group,
    name: text(data, 'name'),
    singular: asString(field(data, 'singular')) ?? kind.toLowerCase(),
    kind,
    namespaced: field(data, 'namespaced') === true,
    shortNames: asStrings(field(data, 'shortNames')),
    categories: asStrings(field(data, 'categories')),
    verbs: asString(field(data, 'verbs'))?.split(',') ?? ORDINARY_VERBS,
    subresources: asList(field(data, 'subresources')).map((one) => readSubresource(one, parent)),
    versions,
  }
}

function readSubresource(
  data: JsonValue,
  parent: Pick<ApiSubresource, 'group' | 'version' | 'kind'>,
): ApiSubresource {
  if (data === 'status') return { name: 'status', ...parent, verbs: STATUS_VERBS }
  const [name = '', kind = '', verbs = ''] = asStrings(data)
  const parts = kind.split('/')
  const [ofGroup = '', version = '', ofKind = ''] = parts
  const own = parts.length === 3 ? { group: ofGroup, version, kind: ofKind } : { ...parent, kind }
  return { name, ...own, verbs: verbs.split(',') }
}

function text(data: JsonValue, key: string): string {
  return asString(field(data, key)) ?? ''
}
