import {
  asString,
  field,
  isObject,
  type JsonObject,
  type JsonValue,
  type KubeObject,
  type ObjectRef,
  type ObjectSource,
  type TextSlice,
} from '../../model/index.js'
import { renderedByHelm } from './helm-release.js'
import { redactObject } from './redact-object.js'
import { refOf } from './ref-of.js'
import { secretValueFacts } from './secret-value-facts.js'

/** A list that was met, for those who ask what a source holds completely. */
export interface ListSeen {
  readonly apiVersion: string
  /** `List`, or a typed list as `PodList`. */
  readonly kind: string
  readonly items: number
  /** Kinds of the members. */
  readonly kinds: ReadonlySet<string>
  /** The server gave a part only (`metadata.continue`), or the file ends before the list does. */
  readonly partial: boolean
}

/** An object of another program's API that belongs into an estate too. */
export interface ForeignObject {
  readonly ref: ObjectRef
  readonly content: JsonObject
}

/** Where objects go. */
export interface ObjectSink {
  readonly source: ObjectSource
  readonly host?: string
  /** Knows documents of another program by their shape; asked of those that are no Kubernetes objects. */
  readonly foreign?: (content: JsonObject) => ForeignObject | undefined
  object(object: KubeObject): void
  list(list: ListSeen): void
  /** A document that is no Kubernetes object and does not try to be one. */
  skipped(): void
  /** Something that tries to be an object and is not; the message is one sentence. */
  refused(message: string, level: 'error' | 'warning', slice: TextSlice): void
}

/** Apiversion and kind that the members of a typed list leave out. */
export interface Inherited {
  readonly apiVersion: string
  readonly kind: string
}

const MAX_LISTS_IN_LISTS = 8

/** Whether a document is a list of objects: `List`, or a typed list as `PodList`. */
export function isList(content: JsonObject): boolean {
  return typeof content.apiVersion === 'string' && /List$/.test(asString(content.kind) ?? '')
}

/** What members of this list are when they do not say so themselves. */
export function inheritedFrom(list: JsonObject): Inherited | undefined {
  const apiVersion = asString(list.apiVersion) ?? ''
  const kind = (asString(list.kind) ?? '').replace(/List$/, '')
  return apiVersion === '' || kind === '' ? undefined : { apiVersion, kind }
}

/** Gives the object, or the members of the list, that a value holds to the sink. Lists in lists are flattened. */
export function collectObjects(
  value: JsonValue,
  slice: TextSlice,
  sink: ObjectSink,
  inherited?: Inherited,
  depth = 0,
): void {
  if (!isObject(value)) {
    if (depth > 0 && value !== null) sink.refused('a member of a list is not a mapping', 'error', slice)
    else if (value !== null) sink.skipped()
    return
  }
  const content = inherited === undefined ? value : withInherited(value, inherited)
  if (isList(content) && (Array.isArray(content.items) || content.items == null)) {
    return collectList(content, slice, sink, depth)
  }
  const refusal = refusalOf(content, depth > 0)
  if (refusal === 'skip') return collectForeign(content, slice, sink)
  if (refusal !== undefined) return sink.refused(refusal, 'error', slice)
  const doubt = doubtOf(content)
  if (doubt !== undefined) sink.refused(doubt, 'warning', slice)
  const rendered = renderedByHelm(content)
  const redacted = redactObject(content)
  const secretValues = secretValueFacts(content)
  sink.object({
    ref: refOf(redacted),
    content: redacted,
    source: sink.source,
    slice,
    ...(sink.host === undefined ? {} : { host: sink.host }),
    ...(secretValues === undefined ? {} : { secretValues }),
    ...(rendered.length === 0 ? {} : { rendered }),
  })
}

/** Gives an object of another program to the sink, where it is known there; everything else is passed over. */
export function collectForeign(value: JsonValue, slice: TextSlice, sink: ObjectSink): void {
  const found = isObject(value) ? sink.foreign?.(value) : undefined
  if (found === undefined) return sink.skipped()
  sink.object({
    ...found,
    source: sink.source,
    slice,
    ...(sink.host === undefined ? {} : { host: sink.host }),
  })
}

function collectList(list: JsonObject, slice: TextSlice, sink: ObjectSink, depth: number): void {
  if (depth > MAX_LISTS_IN_LISTS) return sink.refused('lists stand in lists without end', 'error', slice)
  const items = Array.isArray(list.items) ? list.items : []
  const inherited = inheritedFrom(list)
  const path = slice.path ?? []
  items.forEach((item, index) => {
    collectObjects(item, { ...slice, path: [...path, 'items', index] }, sink, inherited, depth + 1)
  })
  sink.list(listSeen(list, items))
}

/** Describes a list from its own fields and its members. */
export function listSeen(list: JsonObject, items: readonly JsonValue[], partial = false): ListSeen {
  const inherited = inheritedFrom(list)
  const kinds = new Set<string>()
  for (const item of items) kinds.add(asString(field(item, 'kind')) ?? inherited?.kind ?? '')
  return {
    apiVersion: asString(list.apiVersion) ?? '',
    kind: asString(list.kind) ?? '',
    items: items.length,
    kinds,
    partial: partial || (asString(field(list.metadata, 'continue')) ?? '') !== '',
  }
}

function withInherited(value: JsonObject, inherited: Inherited): JsonObject {
  if (Object.hasOwn(value, 'kind') && Object.hasOwn(value, 'apiVersion')) return value
  return { apiVersion: inherited.apiVersion, kind: inherited.kind, ...value }
}

/** `skip` for documents of other programs, a sentence for what tries to be an object and is not. */
function refusalOf(content: JsonObject, inList: boolean): string | undefined {
  const apiVersion = field(content, 'apiVersion')
  const kind = field(content, 'kind')
  const named = typeof apiVersion === 'string' && typeof kind === 'string'
  if (named && apiVersion !== '' && kind !== '') return undefined
  if (!inList && apiVersion === undefined && kind === undefined) return 'skip'
  // `kind` alone is a word of many programs (CI pipelines); with metadata it means Kubernetes.
  const tries = inList || isObject(field(content, 'metadata'))
  for (const [key, value] of [
    ['apiVersion', apiVersion],
    ['kind', kind],
  ] as const) {
    if (value !== undefined && typeof value !== 'string')
      return `\`${key}\` is not a text: not a Kubernetes object`
  }
  if (!tries) return 'skip'
  return `${apiVersion === undefined || apiVersion === '' ? '`apiVersion`' : '`kind`'} is missing: not a Kubernetes object`
}

function doubtOf(content: JsonObject): string | undefined {
  const metadata = field(content, 'metadata')
  if (metadata === undefined || metadata === null) return undefined
  if (!isObject(metadata)) return '`metadata` is not a mapping: the object has no name'
  for (const key of ['name', 'namespace']) {
    const value = field(metadata, key)
    if (value !== undefined && value !== null && typeof value !== 'string') {
      return `\`metadata.${key}\` is not a text: Kubernetes refuses the object`
    }
  }
  return undefined
}
