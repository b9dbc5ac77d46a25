import { isObject, valueAt, type JsonPath, type JsonValue } from '../../model/index.js'
import type { PodTemplate } from '../../kube/index.js'

/** A field that a check reads and its type in the API, from the pod's spec or metadata, or from each container. */
export interface FieldType {
  readonly of: 'pod' | 'metadata' | 'container'
  /** `*` is every member of a list or, in metadata, of a mapping. */
  readonly path: readonly string[]
  readonly type: 'boolean' | 'number' | 'string' | 'list' | 'mapping'
}

/** A field of another type than the API's: what it says cannot be known. */
export interface WrongField {
  /** From the pod: `spec`, `containers`, 0, ... */
  readonly path: JsonPath
  readonly detail: string
  /** It stands for every container that does not say otherwise. */
  readonly ofPod: boolean
}

const LISTS = ['initContainers', 'containers', 'ephemeralContainers']

/** The fields among those that a check reads whose type is not the API's; fields that are absent or null are none. */
export function wrongFields(template: PodTemplate, reads: readonly FieldType[]): readonly WrongField[] {
  return isWellTyped(template, reads) ? NONE : findWrongFields(template, reads)
}

const NONE: readonly WrongField[] = []

/** Nearly every pod has nothing wrong, and is asked by dozens of checks: that is seen without writing down paths. */
function isWellTyped(template: PodTemplate, reads: readonly FieldType[]): boolean {
  for (const read of reads) {
    if (read.of === 'container') {
      for (const list of LISTS) {
        const members = template.spec[list]
        if (members === undefined || members === null) continue
        if (!Array.isArray(members)) return false
        for (const member of members) if (!isObject(member) || !leadsWell(member, read, 0)) return false
      }
    } else if (!leadsWell(template[read.of === 'pod' ? 'spec' : 'metadata'], read, 0)) return false
  }
  return true
}

/** Whether all that stands on the way of a read from its step `at` on, and at its end, has the API's type. */
function leadsWell(value: JsonValue | undefined, read: FieldType, at: number): boolean {
  if (value === undefined || value === null) return true
  const step = read.path[at]
  if (step === undefined) return isOfType(value, read.type)
  if (step !== '*') {
    if (!isObject(value)) return false
    return leadsWell(Object.hasOwn(value, step) ? value[step] : undefined, read, at + 1)
  }
  if (read.of === 'metadata') {
    return isObject(value) && Object.keys(value).every((key) => leadsWell(value[key], read, at + 1))
  }
  return Array.isArray(value) && value.every((member) => leadsWell(member, read, at + 1))
}

function findWrongFields(template: PodTemplate, reads: readonly FieldType[]): WrongField[] {
  const ofContainers = reads.filter((read) => read.of === 'container')
  const found = [
    ...(ofContainers.length === 0 ? [] : wrongContainers(template)),
    ...reads
      .filter((read) => read.of !== 'container')
      .flatMap((read) => {
        const root = read.of === 'pod' ? 'spec' : 'metadata'
        return walk(template[root], read, read.path, [root], true)
      }),
    ...containerPaths(template).flatMap((path) =>
      ofContainers.flatMap((read) => walk(valueAt(template, path), read, read.path, path, false)),
    ),
  ]
  // Several reads go through the same parent.
  return [...new Map(found.map((wrong) => [JSON.stringify(wrong.path), wrong])).values()]
}

/** Whether what a place seems to say rests on a field of a wrong type. */
export function isDoubtful(
  place: { path: JsonPath; value?: JsonValue },
  wrong: readonly WrongField[],
): boolean {
  return wrong.some(
    (field) =>
      field.path.every((step, index) => place.path[index] === step) ||
      (field.ofPod && place.value === undefined),
  )
}

function wrongContainers(template: PodTemplate): WrongField[] {
  return LISTS.flatMap((list): WrongField[] => {
    const value = template.spec[list]
    if (value === undefined || value === null) return []
    const path = ['spec', list]
    if (!Array.isArray(value)) return [{ path, detail: `\`${list}\` should be a list`, ofPod: false }]
    return value.flatMap((member, index) =>
      isObject(member)
        ? []
        : [{ path: [...path, index], detail: `a member of \`${list}\` should be a mapping`, ofPod: false }],
    )
  })
}

function containerPaths(template: PodTemplate): JsonPath[] {
  return LISTS.flatMap((list) => {
    const value = template.spec[list]
    return Array.isArray(value)
      ? value.flatMap((member, index) => (isObject(member) ? [['spec', list, index]] : []))
      : []
  })
}

function walk(
  value: JsonValue | undefined,
  read: FieldType,
  steps: readonly string[],
  path: JsonPath,
  ofPod: boolean,
): WrongField[] {
  if (value === undefined || value === null) return []
  const [step, ...rest] = steps
  const wrong = (should: string): WrongField[] => [
    {
      path,
      detail: `\`${String(path.findLast((each) => typeof each === 'string'))}\` should be ${should}`,
      ofPod,
    },
  ]
  if (step === undefined) return isOfType(value, read.type) ? [] : wrong(`a ${read.type}`)
  if (step === '*' && read.of !== 'metadata') {
    if (!Array.isArray(value)) return wrong('a list')
    return value.flatMap((member, index) => walk(member, read, rest, [...path, index], ofPod))
  }
  if (!isObject(value)) return wrong('a mapping')
  const keys = step === '*' ? Object.keys(value) : [step]
  return keys.flatMap((key) =>
    walk(Object.hasOwn(value, key) ? value[key] : undefined, read, rest, [...path, key], ofPod),
  )
}

function isOfType(value: JsonValue, type: FieldType['type']): boolean {
  if (type === 'list') return Array.isArray(value)
  return type === 'mapping' ? isObject(value) : typeof value === type
}
