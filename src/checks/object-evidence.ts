import type { JsonPath, KubeObject } from '../model/index.js'
import type { EvidenceInput } from './define-check.js'

/** The evidence of one field of an object. */
export function fieldEvidence(
  object: KubeObject,
  path: JsonPath,
  message: string,
  key?: string,
): EvidenceInput {
  return { origin: { kind: 'object', object, path }, message, ...(key === undefined ? {} : { key }) }
}
