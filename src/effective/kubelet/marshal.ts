import type { JsonObject, JsonValue } from '../../model/index.js'
import { isZero } from './decode.js'
import { configFields, copyOf, getField, setField } from './fields.js'
import type { KubeletKnowledge } from './knowledge.js'

/** A configuration as Go marshals it before drop-ins are merged: zero values of plain fields and empty lists are left out. */
export function marshal(config: JsonObject, knowledge: KubeletKnowledge): JsonObject {
  const marshalled: JsonObject = {}
  for (const field of configFields(knowledge.types)) {
    const value = getField(config, field.path)
    if (value === undefined || isOmitted(value, field.type)) continue
    setField(marshalled, field.path, copyOf(value))
  }
  return marshalled
}

function isOmitted(value: JsonValue, type: string): boolean {
  if (type === 'duration' || type === 'durationOrNanoseconds') return false
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return isZero(value, type)
}
