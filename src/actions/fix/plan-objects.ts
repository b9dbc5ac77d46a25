import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { managerOf } from '../../kube/index.js'
import {
  asObject,
  asString,
  compareText,
  field,
  isObject,
  valueAt,
  type Edit,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import { applyEdits } from '../edit/index.js'

/** An object as the server gave it, and its own path there. */
export interface LiveObject {
  readonly path: string
  readonly content: JsonObject
}

/** A change of one object: a merge patch, or why there is none. */
export type ObjectPatch =
  | { readonly kind: 'patch'; readonly patch: JsonObject; readonly after: JsonObject }
  /** Somebody else would write it again. */
  | { readonly kind: 'managed'; readonly by: string }
  | { readonly kind: 'refused'; readonly why: string }
  /** It is so already. */
  | { readonly kind: 'nothing' }

/** The patch that makes an object as the edits want it. Secrets are not touched: their values were never read. */
export function planObject({ content }: LiveObject, edits: readonly Edit[]): ObjectPatch {
  if (content.kind === 'Secret')
    return { kind: 'refused', why: 'Secrets are changed by hand: nothing of them is kept here' }
  const by = managerOf(content)
  if (by !== undefined) return { kind: 'managed', by }
  const { text, refused } = applyEdits(
    JSON.stringify(content, null, 2),
    edits.map(({ object: _whole, ...edit }) => edit),
  )
  const [first] = refused
  if (first !== undefined)
    return { kind: 'refused', why: `\`${first.edit.path.join('.')}\`: ${first.reason}` }
  const after = asObject(JSON.parse(text) as JsonValue)
  const patch = mergePatch(content, after)
  return Object.keys(patch).length === 0 ? { kind: 'nothing' } : { kind: 'patch', patch, after }
}

/**
 * The merge patch that makes `after` of `before`: lists are set as a whole. Source: RFC 7386.
 */
export function mergePatch(before: JsonObject, after: JsonObject): JsonObject {
  const gone = Object.keys(before).filter((key) => isAbsent(own(after, key)) && !isAbsent(own(before, key)))
  const changed = Object.entries(after).flatMap(([key, value]): [string, JsonValue][] => {
    const was = own(before, key)
    if (isAbsent(value) || isDeepStrictEqual(value, was)) return []
    if (!isObject(value) || !isObject(was)) return [[key, value]]
    return [[key, mergePatch(was, value)]]
  })
  return Object.fromEntries([...gone.map((key): [string, JsonValue] => [key, null]), ...changed])
}

/** A key of its own: `__proto__` is one like any other. */
function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isAbsent(value: JsonValue | undefined): value is undefined | null {
  return value === undefined || value === null
}

/** What a merge patch makes of a value. Source: RFC 7386 section 2. */
export function applyMergePatch(value: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch
  const base = asObject(value)
  const kept = Object.entries(base).filter(([key]) => own(patch, key) === undefined)
  const merged = Object.entries(patch).flatMap(([key, inner]): [string, JsonValue][] =>
    isAbsent(inner) ? [] : [[key, applyMergePatch(own(base, key), inner)]],
  )
  return Object.fromEntries([...kept, ...merged].map(([key, inner]) => [key, inner ?? null]))
}

/** Whether an object is already as a patch wants it. */
export function isPatched(content: JsonObject, patch: JsonObject): boolean {
  return Object.keys(mergePatch(content, asObject(applyMergePatch(content, patch)))).length === 0
}

/** An object without what the server keeps for itself, as people compare it. */
export function shownObject(content: JsonObject): JsonObject {
  const { status: _status, metadata, ...rest } = content
  const {
    managedFields: _managed,
    resourceVersion: _version,
    generation: _generation,
    uid: _uid,
    creationTimestamp: _created,
    ...own
  } = asObject(metadata)
  return { ...rest, metadata: own }
}

/** Tells two states of an object apart by all that people set in it; what its status says is no difference. */
export function objectDigest(content: JsonObject): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(shownObject(content))))
    .digest('hex')
}

/** Why the controller of a workload is not done with its change; undefined when it is, or when nothing is rolled out. */
export function whyNotRolledOut(content: JsonObject): string | undefined {
  const count = (...path: string[]): number | undefined => {
    const value = valueAt(content, path)
    return typeof value === 'number' ? value : undefined
  }
  if (!ROLLED_OUT.has(asString(content.kind) ?? '')) return undefined
  const strategy = asString(valueAt(content, ['spec', 'updateStrategy', 'type']))
  // Source: kubectl v0.36.2 pkg/polymorphichelpers/rollout_status.go.
  if ((count('status', 'observedGeneration') ?? 0) < (count('metadata', 'generation') ?? 0))
    return 'its controller has not seen the change yet'
  if (strategy === 'OnDelete') return undefined
  const isDaemonSet = content.kind === 'DaemonSet'
  const wanted = isDaemonSet
    ? (count('status', 'desiredNumberScheduled') ?? 0)
    : (count('spec', 'replicas') ?? 1)
  const updated = count('status', isDaemonSet ? 'updatedNumberScheduled' : 'updatedReplicas') ?? 0
  const available = count('status', isDaemonSet ? 'numberAvailable' : 'availableReplicas') ?? 0
  const stalled = (field(content, 'status') === undefined ? [] : conditionsOf(content)).find(
    (condition) => field(condition, 'reason') === 'ProgressDeadlineExceeded',
  )
  if (stalled !== undefined)
    return `it does not get ahead (${asString(field(stalled, 'message')) ?? 'its deadline has passed'})`
  if (updated < wanted) return `${updated} of ${wanted} pods are made anew`
  if (!isDaemonSet && (count('status', 'replicas') ?? 0) > updated) return 'old pods are still ending'
  return available < wanted ? `${available} of ${wanted} pods are available` : undefined
}

const ROLLED_OUT: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'StatefulSet'])

function conditionsOf(content: JsonObject): readonly JsonValue[] {
  const list = valueAt(content, ['status', 'conditions'])
  return Array.isArray(list) ? list : []
}

function sorted(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value ?? null
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => compareText(a, b)).map(([key, inner]) => [key, sorted(inner)]),
  )
}
