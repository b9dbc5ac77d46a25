import { CelMap, type CelValue } from '../../cel/index.js'
import type { Attributes, ResourceAttributes, SelectorRequirement } from '../attributes.js'

/**
 * A request as expressions see it: every text is there, if empty; attributes of the other kind are not. A selector is
 * there when it has requirements.
 * Source: kubernetes v1.36.2 apiserver pkg/authorization/cel/compile.go, convertObjectToUnstructured.
 */
export function requestValue(attributes: Attributes): CelMap {
  if (last?.attributes !== attributes) last = { attributes, value: build(attributes) }
  return last.value
}

/** Several conditions look at one request, one after the other. */
let last: { readonly attributes: Attributes; readonly value: CelMap } | undefined

function build(attributes: Attributes): CelMap {
  const { user } = attributes
  const map = new CelMap()
  map.put('user', user.name)
  map.put('groups', user.groups)
  map.put('uid', user.uid)
  map.put('extra', new CelMap(user.extra))
  if (attributes.kind === 'resource') map.put('resourceAttributes', resourceValue(attributes))
  else map.put('nonResourceAttributes', mapOf({ path: attributes.path, verb: attributes.verb }))
  return map
}

function resourceValue(attributes: ResourceAttributes): CelMap {
  const map = new CelMap()
  for (const name of TEXTS) map.put(name, attributes[name])
  putSelector(map, 'fieldSelector', attributes.fieldSelector)
  putSelector(map, 'labelSelector', attributes.labelSelector)
  return map
}

const TEXTS = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'] as const

function putSelector(map: CelMap, name: string, requirements: readonly SelectorRequirement[]): void {
  if (requirements.length === 0) return
  const list = requirements.map(({ key, operator, values }) => mapOf({ key, operator, values }))
  map.put(name, mapOf({ requirements: list }))
}

function mapOf(fields: Readonly<Record<string, CelValue>>): CelMap {
  return new CelMap(Object.entries(fields))
}
