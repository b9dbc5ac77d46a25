import type { ApiResource, ApiSubresource } from '../kube/index.js'
import { asBoolean, asString, asStrings, type JsonObject } from '../model/index.js'

/** A subresource; what it does not say of its kind is its group's. */
export function subresource(
  name: string,
  kind: JsonObject,
  verbs: readonly string[],
  group: string,
  version: string,
): ApiSubresource {
  const own = asString(kind.group) ?? ''
  const ownVersion = asString(kind.version) ?? ''
  return {
    name,
    group: ownVersion === '' ? group : own,
    version: ownVersion === '' ? version : ownVersion,
    kind: asString(kind.kind) ?? '',
    verbs,
  }
}

/** Adds a resource of one version to those of its group: the same thing in two versions is one resource. */
export function addResource(resources: ApiResource[], resource: ApiResource): void {
  const same = resources.findIndex((each) => looks(each) === looks(resource))
  const found = resources[same]
  if (found === undefined) resources.push(resource)
  else resources[same] = { ...found, versions: [...found.versions, ...resource.versions] }
}

function looks({ versions, subresources, ...rest }: ApiResource): string {
  const subs = subresources.map((each) => [each.name, each.kind, each.verbs])
  return JSON.stringify([rest, subs])
}

/** Reads a resource of the form of many questions. */
export function legacyResource(value: JsonObject, group: string, version: string): ApiResource {
  return {
    group,
    name: asString(value.name) ?? '',
    singular: asString(value.singularName) ?? '',
    kind: asString(value.kind) ?? '',
    namespaced: asBoolean(value.namespaced) ?? false,
    shortNames: asStrings(value.shortNames),
    categories: asStrings(value.categories),
    verbs: asStrings(value.verbs),
    subresources: [],
    versions: [version],
  }
}
