import { asString, field, isObject, valueAt, type JsonObject, type KubeObject } from '../model/index.js'
import { selectorMatches } from './label-selector.js'
import type { ObjectIndex } from './object-index.js'
import { controllerOf } from './owners.js'
import { podTemplatesOf, type PodTemplate } from './pod-template.js'

/** A pod, or what makes pods of one form: the top of what was read. */
export interface PodSource {
  readonly object: KubeObject
  readonly template: PodTemplate
  readonly labels: JsonObject
}

/**
 * Labels that controllers put on the pods that they make, so that no template holds them.
 * Source: kubernetes v1.36.2 pkg/controller (deployment, daemon, statefulset, job).
 */
const ADDED =
  /^(?:pod-template-hash|controller-revision-hash|pod-template-generation|controller-uid|job-name|statefulset\.kubernetes\.io\/.+|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/.+)$/

interface OfNamespace {
  readonly all: PodSource[]
  readonly byPair: Map<string, PodSource[]>
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, OfNamespace>>()

/** What makes the pods of a namespace. What its controller speaks for is left out, and so are pods that have ended. */
export function podSourcesIn(index: ObjectIndex, namespace: string): readonly PodSource[] {
  return byNamespace(index).get(namespace)?.all ?? []
}

/** The namespaces in which something makes pods. */
export function namespacesWithPods(index: ObjectIndex): Iterable<string> {
  return byNamespace(index).keys()
}

/** What makes pods that a LabelSelector selects (matchLabels, matchExpressions); an empty one selects all. */
export function podsSelectedBy(index: ObjectIndex, namespace: string, selector: unknown): PodSource[] {
  const candidates = candidatesFor(index, namespace, field(selector, 'matchLabels'))
  return candidates.filter((source) => selectorMatches(forSource(source, selector), source.labels))
}

/** What makes pods that a plain selector selects (Service); an empty one selects none. */
export function podsWithLabels(index: ObjectIndex, namespace: string, selector: unknown): PodSource[] {
  if (!isObject(selector) || Object.keys(selector).length === 0) return []
  return podsSelectedBy(index, namespace, { matchLabels: selector })
}

/** The selector as far as a source can answer it: of a template nobody knows the labels that its controller adds. */
function forSource({ object }: PodSource, selector: unknown): unknown {
  const exact = field(selector, 'matchLabels')
  if (object.ref.kind === 'Pod' || !isObject(selector) || !isObject(exact)) return selector
  if (!Object.keys(exact).some((key) => ADDED.test(key))) return selector
  return {
    ...selector,
    matchLabels: Object.fromEntries(Object.entries(exact).filter(([key]) => !ADDED.test(key))),
  }
}

/** The shortest list of sources that holds all that may match. */
function candidatesFor(index: ObjectIndex, namespace: string, exact: unknown): readonly PodSource[] {
  const here = byNamespace(index).get(namespace)
  if (here === undefined) return []
  let shortest: readonly PodSource[] = here.all
  for (const [key, value] of Object.entries(isObject(exact) ? exact : {})) {
    if (ADDED.test(key)) continue
    const list = here.byPair.get(pair(key, value)) ?? []
    if (list.length < shortest.length) shortest = list
  }
  return shortest
}

function byNamespace(index: ObjectIndex): ReadonlyMap<string, OfNamespace> {
  const known = made.get(index)
  if (known !== undefined) return known
  const groups = new Map<string, OfNamespace>()
  for (const object of index.all) {
    const templates = podTemplatesOf(object)
    if (templates.length === 0 || hasEnded(object) || isSpokenFor(object, index)) continue
    const here = groups.get(object.ref.namespace) ?? { all: [], byPair: new Map<string, PodSource[]>() }
    groups.set(object.ref.namespace, here)
    for (const template of templates) add(here, object, template)
  }
  made.set(index, groups)
  return groups
}

function add({ all, byPair }: OfNamespace, object: KubeObject, template: PodTemplate): void {
  const labels = field(template.metadata, 'labels')
  const source: PodSource = { object, template, labels: isObject(labels) ? labels : {} }
  all.push(source)
  for (const [key, value] of Object.entries(source.labels)) {
    const list = byPair.get(pair(key, value))
    if (list === undefined) byPair.set(pair(key, value), [source])
    else list.push(source)
  }
}

function pair(key: string, value: unknown): string {
  return `${key}=${String(value)}`
}

function hasEnded({ content, ref }: KubeObject): boolean {
  const phase = ref.kind === 'Pod' ? asString(valueAt(content, ['status', 'phase'])) : undefined
  return phase === 'Succeeded' || phase === 'Failed'
}

function isSpokenFor(object: KubeObject, index: ObjectIndex): boolean {
  const ref = controllerOf(object)
  return ref !== undefined && index.get(ref.group, ref.kind, ref.namespace, ref.name) !== undefined
}
