import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import { isLabelValue, isQualifiedName } from '../../text/index.js'
import type { Attributes, SelectorRequirement, User } from '../attributes.js'
import { parseFieldSelector } from './raw-field-selector.js'
import { parseLabelSelector } from './raw-label-selector.js'

/**
 * The attributes that stand in a SubjectAccessReview's `spec`. Without resource attributes it is a question about a
 * URL. Requirements that cannot be kept are left out: the question becomes a broader one. An empty version stays empty;
 * the review API itself makes it `*` before it asks anybody.
 * Source: kubernetes v1.36.2 pkg/registry/authorization/util/helpers.go, AuthorizationAttributesFrom.
 */
export function attributesOfSpec(spec: JsonObject): Attributes {
  const user = userOf(spec)
  const resource = field(spec, 'resourceAttributes')
  if (!isObject(resource)) {
    const url = field(spec, 'nonResourceAttributes')
    return { kind: 'nonResource', user, verb: textOf(field(url, 'verb')), path: textOf(field(url, 'path')) }
  }
  return {
    kind: 'resource',
    user,
    verb: textOf(resource.verb),
    namespace: textOf(resource.namespace),
    group: textOf(resource.group),
    version: textOf(resource.version),
    resource: textOf(resource.resource),
    subresource: textOf(resource.subresource),
    name: textOf(resource.name),
    fieldSelector: selectorOf(resource.fieldSelector, fieldRequirement, parseFieldSelector),
    labelSelector: selectorOf(resource.labelSelector, labelRequirement, parseLabelSelector),
  }
}

function userOf(spec: JsonObject): User {
  const extra = field(spec, 'extra')
  return {
    name: asString(field(spec, 'user')) ?? '',
    uid: asString(field(spec, 'uid')) ?? '',
    groups: asStrings(field(spec, 'groups')),
    extra: isObject(extra)
      ? new Map(Object.entries(extra).map(([key, values]) => [key, asStrings(values)]))
      : NO_EXTRA,
  }
}

const NO_EXTRA: User['extra'] = new Map()

function textOf(value: JsonValue | undefined): string {
  return asString(value) ?? ''
}

/** Requirements count before the text of a query; a text that cannot be parsed counts for none. */
function selectorOf(
  selector: JsonValue | undefined,
  read: (requirement: JsonObject) => SelectorRequirement[],
  parse: (text: string) => SelectorRequirement[] | undefined,
): SelectorRequirement[] {
  if (selector === undefined) return []
  const requirements = asList(field(selector, 'requirements')).filter(isObject)
  if (requirements.length > 0) return requirements.flatMap(read)
  return parse(asString(field(selector, 'rawSelector')) ?? '') ?? []
}

/** Fields can only be compared with one value. Source: the same file, fieldSelectorAsSelector. */
function fieldRequirement(requirement: JsonObject): SelectorRequirement[] {
  const { key, operator, values } = readRequirement(requirement)
  if (operator !== 'In' && operator !== 'NotIn') return []
  return values.length === 1 ? [{ key, operator, values }] : []
}

/** Source: the same file, labelSelectorAsSelector, and apimachinery pkg/labels/selector.go, NewRequirement. */
function labelRequirement(requirement: JsonObject): SelectorRequirement[] {
  const { key, operator, values } = readRequirement(requirement)
  if (!isQualifiedName(key)) return []
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    return values.length === 0 ? [{ key, operator, values }] : []
  }
  if (operator !== 'In' && operator !== 'NotIn') return []
  return values.length > 0 && values.every(isLabelValue) ? [{ key, operator, values }] : []
}

function readRequirement(requirement: JsonObject): { key: string; operator: string; values: string[] } {
  const operator = asString(field(requirement, 'operator')) ?? ''
  return {
    key: asString(field(requirement, 'key')) ?? '',
    operator,
    values: asStrings(field(requirement, 'values')),
  }
}
