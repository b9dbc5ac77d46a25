import { CelMap, type CelValue } from '../../cel/index.js'
import type { Attributes, ResourceAttributes, SelectorRequirement } from '../attributes.js'

/**
 * A request as expressions see it: every text is there, if empty; attributes of the other kind are not. A selector is
 * there when it has requirements.
 * Source: kubernetes v1.36.2 apiserver pkg/authorization/cel/compile.go, convertObjectToUnstructured.
 */
export function requestValue(attributes: Attributes): CelMap {
  let value = made.get(attributes)
  if (value === undefined) made.set(attributes, (value = build(attributes)))
  return value
}

/** Several conditions look at one request. */
const made = new WeakMap<Attributes, CelMap>()

function build(attributes: Attributes): CelMap {
  const { user } = attributes
  return mapOf({
    user: user.name,
    groups: user.groups,
    uid: user.uid,
    extra: new CelMap(user.extra),
    ...(attributes.kind === 'resource'
      ? { resourceAttributes: resourceValue(attributes) }
      : { nonResourceAttributes: mapOf({ path: attributes.path, verb: attributes.verb }) }),
  })
}

function resourceValue(attributes: ResourceAttributes): CelMap {
  const { namespace, verb, group, version, resource, subresource, name } = attributes
  return mapOf({
    namespace,
    verb,
    group,
    version,
    resource,
    subresource,
    name,
    ...selectorValue('fieldSelector', attributes.fieldSelector),
    ...selectorValue('labelSelector', attributes.labelSelector),
  })
}

function selectorValue(name: string, requirements: readonly SelectorRequirement[]): Record<string, CelValue> {
  if (requirements.length === 0) return {}
  const list = requirements.map(({ key, operator, values }) => mapOf({ key, operator, values }))
  return { [name]: mapOf({ requirements: list }) }
}

function mapOf(fields: Readonly<Record<string, CelValue>>): CelMap {
  return new CelMap(Object.entries(fields))
}
