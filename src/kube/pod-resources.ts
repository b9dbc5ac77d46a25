import { asList, asString, field, isObject, valueAt, type JsonValue } from '../model/index.js'
import type { ObjectIndex } from './object-index.js'
import type { Container, PodTemplate } from './pod-template.js'

/** Who gives a container a limit or a request: it itself, its pod, or a LimitRange of its namespace. */
export type ResourceSource = 'container' | 'pod' | 'limit-range'

/** Resources that a pod as a whole may share. Source: kubernetes v1.36 pkg/apis/core/helper, IsSupportedPodLevelResource. */
const OF_POD = /^(?:cpu|memory|hugepages-.+)$/

/** What limits a container's use of a resource, or undefined when nothing that was read does. */
export function limitOf(
  index: ObjectIndex,
  namespace: string,
  template: PodTemplate,
  container: Container,
  resource: string,
): ResourceSource | undefined {
  if (isGiven(valueAt(container.spec, ['resources', 'limits', resource]))) return 'container'
  if (OF_POD.test(resource) && isGiven(valueAt(template.spec, ['resources', 'limits', resource])))
    return 'pod'
  return defaultsOf(index, namespace).limits.has(resource) ? 'limit-range' : undefined
}

/**
 * What a container is sure to get. A limit alone is a request too.
 * Source: kubernetes v1.36.2 pkg/apis/core/v1/defaults.go, SetDefaults_Pod.
 */
export function requestOf(
  index: ObjectIndex,
  namespace: string,
  template: PodTemplate,
  container: Container,
  resource: string,
): ResourceSource | undefined {
  const given = (spec: JsonValue | undefined): boolean =>
    isGiven(valueAt(spec, ['resources', 'requests', resource])) ||
    isGiven(valueAt(spec, ['resources', 'limits', resource]))
  if (given(container.spec)) return 'container'
  if (OF_POD.test(resource) && given(template.spec)) return 'pod'
  return defaultsOf(index, namespace).requests.has(resource) ? 'limit-range' : undefined
}

/** A limit of zero is none. */
function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== 0 && value !== '0' && value !== ''
}

interface Defaults {
  readonly limits: Set<string>
  readonly requests: Set<string>
}

const NONE: Defaults = { limits: new Set(), requests: new Set() }
const made = new WeakMap<ObjectIndex, ReadonlyMap<string, Defaults>>()

function defaultsOf(index: ObjectIndex, namespace: string): Defaults {
  let byNamespace = made.get(index)
  if (byNamespace === undefined) made.set(index, (byNamespace = readLimitRanges(index)))
  return byNamespace.get(namespace) ?? NONE
}

function readLimitRanges(index: ObjectIndex): Map<string, Defaults> {
  const byNamespace = new Map<string, Defaults>()
  for (const range of index.ofKind('', 'LimitRange')) {
    let defaults = byNamespace.get(range.ref.namespace)
    if (defaults === undefined) {
      defaults = { limits: new Set(), requests: new Set() }
      byNamespace.set(range.ref.namespace, defaults)
    }
    for (const item of asList(valueAt(range.content, ['spec', 'limits']))) addDefaults(defaults, item)
  }
  return byNamespace
}

/**
 * A limit is by default the greatest that is allowed, a request the limit, else the least that is allowed.
 * Source: kubernetes v1.36.2 pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem.
 */
function addDefaults({ limits, requests }: Defaults, item: JsonValue): void {
  if (asString(field(item, 'type')) !== 'Container') return
  const names = (key: string): string[] => {
    const values = field(item, key)
    return isObject(values) ? Object.keys(values).filter((name) => isGiven(values[name])) : []
  }
  for (const name of [...names('default'), ...names('max')]) {
    limits.add(name)
    requests.add(name)
  }
  for (const name of [...names('defaultRequest'), ...names('min')]) requests.add(name)
}
