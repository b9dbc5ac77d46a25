import { isObject, type JsonObject, type JsonPath, type JsonValue } from '../model/index.js'
import type { MovedPart, PodTemplate } from './pod-template.js'

/** A value and where it stands in its object. */
export interface PlacedValue {
  readonly value: JsonValue | undefined
  readonly path: JsonPath
}

/** What a pod is put together from, for kinds that do not hold one whole. */
export interface PodParts {
  readonly metadata?: JsonValue | undefined
  readonly metadataPath: JsonPath
  /** Where fields of the pod as a whole would stand. */
  readonly specPath: JsonPath
  readonly fields: readonly (PlacedValue & { readonly name: string })[]
  readonly lists: Readonly<
    Record<string, readonly (PlacedValue & { readonly inner?: readonly MovedPart[] })[]>
  >
  readonly containersOnly?: boolean
  readonly patchedBy?: JsonPath
}

/** Makes the pod of its parts and keeps where each part stands. */
export function assemblePod(parts: PodParts): PodTemplate {
  const lists = Object.entries(parts.lists).filter(([, members]) => members.length > 0)
  // From entries, not by assignment: a hostile `__proto__` stays an ordinary key.
  const spec: JsonObject = Object.fromEntries([
    ...parts.fields.map(({ name, value }) => [name, value] as const),
    ...lists.map(([name, members]) => [name, members.map(({ value }) => value ?? null)] as const),
  ])
  const moved: MovedPart[] = parts.fields.map(({ name, path }) => ({ from: ['spec', name], to: path }))
  for (const [name, members] of lists) {
    members.forEach(({ path, inner = [] }, index) => {
      const from = ['spec', name, index]
      // The narrower part first: the first that fits is taken.
      moved.push(...inner.map((part) => ({ from: [...from, ...part.from], to: part.to })), { from, to: path })
    })
  }
  return {
    metadata: isObject(parts.metadata) ? parts.metadata : {},
    metadataPath: parts.metadataPath,
    spec,
    specPath: parts.specPath,
    moved,
    ...(parts.containersOnly === undefined ? {} : { containersOnly: parts.containersOnly }),
    ...(parts.patchedBy === undefined ? {} : { patchedBy: parts.patchedBy }),
  }
}
