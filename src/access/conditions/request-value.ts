import { CelMap, type CelValue } from '../../cel/index.js'
import type { Attributes, ResourceAttributes, SelectorRequirement } from '../attributes.js'

/**
 * A request as expressions see it: every text is there, if empty; attributes of the other kind are not. A selector is
 * there when it has requirements.
 * Source: kubernetes v1.36.2 apiserver pkg/authorization/cel/compile.go, convertObjectToUnstructured.
 */
export function requestValue(attributes: Attributes): CelMap {
  if (last?.attributes !== attributes) last = { attributes, value: new RequestMap(attributes) }
  return last.value
}

/** Several conditions look at one request, one after the other. */
let last: { readonly attributes: Attributes; readonly value: CelMap } | undefined

/** Many conditions look at the user and the groups alone: the other fields are made when they are asked for. */
class RequestMap extends CelMap {
  private whole = false

  constructor(private readonly attributes: Attributes) {
    super()
  }

  override get size(): number {
    this.fill()
    return super.size
  }

  override get(key: CelValue): CelValue | undefined {
    if (key === 'user') return this.attributes.user.name
    if (key === 'groups') return this.attributes.user.groups
    this.fill()
    return super.get(key)
  }

  override has(key: CelValue): boolean {
    if (key === 'user' || key === 'groups') return true
    this.fill()
    return super.has(key)
  }

  override pairs(): (readonly [CelValue, CelValue])[] {
    this.fill()
    return super.pairs()
  }

  private fill(): void {
    if (this.whole) return
    this.whole = true
    const { attributes } = this
    const { user } = attributes
    this.put('user', user.name)
    this.put('groups', user.groups)
    this.put('uid', user.uid)
    this.put('extra', new CelMap(user.extra))
    if (attributes.kind === 'resource') this.put('resourceAttributes', resourceValue(attributes))
    else this.put('nonResourceAttributes', mapOf({ path: attributes.path, verb: attributes.verb }))
  }
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
