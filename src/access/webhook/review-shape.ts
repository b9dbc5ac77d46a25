import { isObject, type JsonObject, type JsonValue } from '../../model/index.js'
import type { ReviewVersion } from './build-review.js'

/** The Go type of a field. Unknown fields are passed over, `null` stands for an absent value. */
type Type = 'text' | 'boolean' | 'integer' | { readonly list: Type } | { readonly map: Type } | Fields
interface Fields {
  readonly fields: Readonly<Record<string, Type>>
}

const texts = (...names: string[]): Record<string, Type> =>
  Object.fromEntries(names.map((name) => [name, 'text' as const]))
const object = (fields: Record<string, Type>): Fields => ({ fields })
const TEXTS: Type = { list: 'text' }

const SELECTOR = object({
  rawSelector: 'text',
  requirements: { list: object({ ...texts('key', 'operator'), values: TEXTS }) },
})
const RESOURCE = object({
  ...texts('namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'),
  fieldSelector: SELECTOR,
  labelSelector: SELECTOR,
})
const METADATA = object({
  ...texts('name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion'),
  ...texts('creationTimestamp', 'deletionTimestamp'),
  ...{ generation: 'integer', deletionGracePeriodSeconds: 'integer' },
  labels: { map: 'text' },
  annotations: { map: 'text' },
  finalizers: TEXTS,
  ownerReferences: { list: object(texts('apiVersion', 'kind', 'name', 'uid')) },
})

/** Source: k8s.io/api v0.36.2 authorization/{v1,v1beta1}/types.go, SubjectAccessReview. */
const review = (groups: string): Fields =>
  object({
    metadata: METADATA,
    spec: object({
      ...texts('user', 'uid'),
      [groups]: TEXTS,
      extra: { map: TEXTS },
      resourceAttributes: RESOURCE,
      nonResourceAttributes: object(texts('path', 'verb')),
    }),
    status: object({ ...texts('reason', 'evaluationError'), allowed: 'boolean', denied: 'boolean' }),
  })

const REVIEWS: Readonly<Record<ReviewVersion, Fields>> = { v1: review('groups'), v1beta1: review('group') }

/** The first field of a review that Go cannot decode, as `status.allowed`. */
export function misshapenField(content: JsonObject, version: ReviewVersion): string | undefined {
  return misfit(content, REVIEWS[version], '')
}

function misfit(value: JsonValue | undefined, type: Type, path: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof type === 'string') return scalarFits(value, type) ? undefined : path
  if ('list' in type) {
    if (!Array.isArray(value)) return path
    return first(value.map((item, index) => misfit(item, type.list, `${path}[${index}]`)))
  }
  if (!isObject(value)) return path
  if ('map' in type) {
    return first(Object.entries(value).map(([key, item]) => misfit(item, type.map, `${path}[${key}]`)))
  }
  const inside = path === '' ? '' : `${path}.`
  return first(
    Object.entries(type.fields).map(([name, inner]) => misfit(value[name], inner, `${inside}${name}`)),
  )
}

function scalarFits(value: JsonValue, type: 'text' | 'boolean' | 'integer'): boolean {
  if (type === 'text') return typeof value === 'string'
  return type === 'boolean' ? typeof value === 'boolean' : Number.isSafeInteger(value)
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((each) => each !== undefined)
}
