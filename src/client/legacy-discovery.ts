import type { ApiGroup, ApiResource } from '../kube/index.js'
import { asList, asObject, asString, asStrings, isObject, type JsonObject } from '../model/index.js'
import { ApiError } from './api-error.js'
import type { ApiClient } from './api-client.js'
import { addResource, legacyResource, subresource } from './discovered-resource.js'
import type { Discovery } from './discovery.js'

/** Questions that are under way at the same time. */
const AT_ONCE = 8

/** Asks for each group-version, as servers before 1.30 tell what they serve. What fails is named, and the rest told. */
export async function legacyDiscovery(
  client: Pick<ApiClient, 'json'>,
  core: JsonObject,
  rest: JsonObject,
): Promise<Discovery> {
  const groups = [
    { name: '', versions: asStrings(core.versions) },
    ...asList(rest.groups).filter(isObject).map(groupOf),
  ]
  const wanted = groups.flatMap(({ name, versions }) => versions.map((version) => ({ name, version })))
  const lists = new Map<string, readonly JsonObject[]>()
  const unknown: string[] = []
  const next = wanted.values()
  const worker = async (): Promise<void> => {
    for (const { name, version } of next) {
      const groupVersion = name === '' ? version : `${name}/${version}`
      try {
        const body = await client.json({ path: `/${name === '' ? 'api' : 'apis'}/${groupVersion}` })
        lists.set(groupVersion, asList(body.resources).filter(isObject))
      } catch (error) {
        // One extension server that is down does not hide the rest. Source: client-go discovery, GroupDiscoveryFailed.
        if (!(error instanceof ApiError)) throw error
        unknown.push(groupVersion)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return {
    groups: groups.map(({ name, versions }) => legacyGroup(name, versions, lists)),
    unknown: unknown.sort(),
    aggregated: false,
  }
}

/** The preferred version first, as the aggregated form has it. */
function groupOf(group: JsonObject): { readonly name: string; readonly versions: string[] } {
  const preferred = asString(asObject(group.preferredVersion).version)
  const all = asList(group.versions).map((each) => asString(asObject(each).version) ?? '')
  const versions = preferred === undefined ? all : [preferred, ...all.filter((each) => each !== preferred)]
  return { name: asString(group.name) ?? '', versions }
}

function legacyGroup(
  name: string,
  versions: readonly string[],
  lists: ReadonlyMap<string, readonly JsonObject[]>,
): ApiGroup {
  const resources: ApiResource[] = []
  for (const version of versions) {
    const list = lists.get(name === '' ? version : `${name}/${version}`) ?? []
    const ofVersion = new Map<string, ApiResource>()
    for (const each of list) {
      const [plural = '', ...sub] = (asString(each.name) ?? '').split('/')
      if (sub.length === 0) {
        ofVersion.set(plural, legacyResource(each, name, version))
        continue
      }
      const owner = ofVersion.get(plural)
      if (owner === undefined) continue
      const own = subresource(sub.join('/'), each, asStrings(each.verbs), name, version)
      ofVersion.set(plural, { ...owner, subresources: [...owner.subresources, own] })
    }
    for (const resource of ofVersion.values()) addResource(resources, resource)
  }
  return { name, versions, resources }
}
