import type { JsonObject } from '../../model/index.js'

/** A cluster whose objects are changed. */
export interface ObjectDoor {
  /** Undefined where there is no such object. */
  get(path: string): Promise<JsonObject | undefined>
  /** Sends a merge patch and gives the object that comes of it; a dry run stores nothing. */
  patch(path: string, patch: JsonObject, options: { readonly dryRun: boolean }): Promise<JsonObject>
  wait(ms: number): Promise<void>
}
