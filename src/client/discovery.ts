import type { ApiGroup, ApiResource } from '../kube/index.js'
import {
  asList,
  asObject,
  asString,
  asStrings,
  isObject,
  type JsonObject,
  type JsonValue,
} from '../model/index.js'
import type { ApiClient } from './api-client.js'
import { addResource, subresource } from './discovered-resource.js'
import { legacyDiscovery } from './legacy-discovery.js'

/** What a server serves. */
export interface Discovery {
  readonly groups: readonly ApiGroup[]
  /** Group-versions that could not be asked, as `metrics.k8s.io/v1beta1`: what is in them is not known. */
  readonly unknown: readonly string[]
  /** Whether the server told everything in two answers. */
  readonly aggregated: boolean
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

/**
 * Asks in the aggregated form (1.30 and later) and takes whatever the server gives: older ones answer in the form of
 * many questions. Source: KEP-3352.
 */
export async function readDiscovery(client: ApiClient): Promise<Discovery> {
  const headers = { accept: `${AGGREGATED},application/json` }
  const [core, rest] = await Promise.all([
    client.json({ path: '/api', headers }),
    client.json({ path: '/apis', headers }),
  ])
  if (core.kind !== 'APIGroupDiscoveryList' || rest.kind !== 'APIGroupDiscoveryList') {
    return legacyDiscovery(client, core, rest)
  }
  const unknown: string[] = []
  const groups = [...asList(core.items), ...asList(rest.items)]
    .filter(isObject)
    .map((item) => aggregatedGroup(item, unknown))
  return { groups, unknown, aggregated: true }
}

function aggregatedGroup(item: JsonObject, unknown: string[]): ApiGroup {
  const name = asString(asObject(item.metadata).name) ?? ''
  const versions: string[] = []
  const resources: ApiResource[] = []
  for (const each of asList(item.versions).filter(isObject)) {
    const version = asString(each.version) ?? ''
    versions.push(version)
    if (each.freshness === 'Stale') unknown.push(name === '' ? version : `${name}/${version}`)
    for (const resource of asList(each.resources))
      addResource(resources, aggregatedResource(resource, name, version))
  }
  return { name, versions, resources }
}

function aggregatedResource(value: JsonValue, group: string, version: string): ApiResource {
  const resource = asObject(value)
  const kind = asObject(resource.responseKind)
  const name = asString(resource.resource) ?? ''
  return {
    group,
    name,
    singular: asString(resource.singularResource) ?? '',
    kind: asString(kind.kind) ?? '',
    namespaced: resource.scope === 'Namespaced',
    shortNames: asStrings(resource.shortNames),
    categories: asStrings(resource.categories),
    verbs: asStrings(resource.verbs),
    subresources: asList(resource.subresources).map((each) => {
      const sub = asObject(each)
      const own = asObject(sub.responseKind)
      return subresource(asString(sub.subresource) ?? '', own, asStrings(sub.verbs), group, version)
    }),
    versions: [version],
  }
}
