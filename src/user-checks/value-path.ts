import { isObject, type JsonPath, type JsonValue } from '../model/index.js'

/** A path in which `*` stands for every member of a list or mapping. */
export type ValuePath = readonly (string | typeof EVERY)[]
export const EVERY = Symbol('every member')

/** `spec.containers[*].image`, `metadata.labels["app.kubernetes.io/name"]`; undefined for anything else. */
export function parseValuePath(text: string): ValuePath | undefined {
  if (text.startsWith('.')) return undefined
  const step = /(?:^|\.)([A-Za-z_][\w-]*)|\[\*\]|\["([^"\]]+)"\]/y
  const steps: (string | typeof EVERY)[] = []
  while (step.lastIndex < text.length) {
    const found = step.exec(text)
    if (found === null) return undefined
    steps.push(found[1] ?? found[2] ?? EVERY)
  }
  return steps.length === 0 ? undefined : steps
}

/** Every value at a path with where it stands; none where a step is missing or of another type. */
export function valuesAt(root: JsonValue, path: ValuePath): { path: JsonPath; value: JsonValue }[] {
  let here: { path: JsonPath; value: JsonValue }[] = [{ path: [], value: root }]
  for (const step of path) here = here.flatMap((each) => membersOf(each, step))
  return here
}

function membersOf(
  { path, value }: { path: JsonPath; value: JsonValue },
  step: string | typeof EVERY,
): { path: JsonPath; value: JsonValue }[] {
  if (Array.isArray(value)) {
    if (step !== EVERY) return []
    return value.map((member, index) => ({ path: [...path, index], value: member }))
  }
  if (!isObject(value)) return []
  const keys = step === EVERY ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : []
  return keys.map((key) => ({ path: [...path, key], value: value[key] ?? null }))
}
