import { asObject, asString, type JsonObject, type ObjectRef } from '../../model/index.js'

/**
 * What names an object, from its own apiVersion, kind and metadata. Parts that are missing or no text are empty: an
 * object of a manifest without namespace keeps an empty one, since kubectl would take that of its context.
 */
export function refOf(content: JsonObject): ObjectRef {
  const apiVersion = asString(content.apiVersion) ?? ''
  const slash = apiVersion.indexOf('/')
  const metadata = asObject(content.metadata)
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: asString(content.kind) ?? '',
    namespace: asString(metadata.namespace) ?? '',
    name: asString(metadata.name) ?? '',
  }
}
