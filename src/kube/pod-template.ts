import type { JsonObject, JsonPath } from '../model/index.js'

/** A pod, or the template of one, inside an object. Paths start at the object's root. */
export interface PodTemplate {
  readonly metadata: JsonObject
  readonly metadataPath: JsonPath
  readonly spec: JsonObject
  readonly specPath: JsonPath
}

/** One container of a pod, of any of the three lists. */
export interface Container {
  readonly kind: 'container' | 'init' | 'ephemeral'
  readonly name: string
  readonly spec: JsonObject
  readonly path: JsonPath
}
