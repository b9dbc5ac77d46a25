import { controllerOf, isMirrorPod } from '../kube/index.js'
import {
  asString,
  field,
  identityOf,
  isObject,
  valueAt,
  type AuditException,
  type Estate,
  type JsonPath,
  type KubeObject,
} from '../model/index.js'
import { isDay, maskText, nearestWords } from '../text/index.js'

/** Annotations that accept a check begin so; its id follows. */
export const ACCEPT_PREFIX = 'rampart.dev/accept.'

/** An annotation read as an exception; with faults it accepts nothing. */
export interface AnnotatedException {
  readonly exception: AuditException
  readonly object: KubeObject
  readonly path: JsonPath
  readonly until: string | undefined
  readonly faults: readonly string[]
}

/** Where annotations of an object and of the pods that it makes stand. */
const HOLDERS: readonly JsonPath[] = [
  ['metadata'],
  ['spec', 'template', 'metadata'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
]

const KEYS = ['until', 'owner', 'container', 'reason'] as const
const LONGEST = 2000

/**
 * The exceptions that objects carry: `rampart.dev/accept.CHECK-ID: "until=2027-01-31; owner=team; container=app; reason"`.
 * `until` and the reason are required. `ids` are the checks that there are, with their old names.
 */
export function annotationExceptions(estate: Estate, ids: ReadonlyMap<string, string>): AnnotatedException[] {
  const isSpokenFor = spokenFor(estate)
  return estate.objects.flatMap((object) => {
    const found = HOLDERS.flatMap((holder) => {
      const annotations = field(valueAt(object.content, holder), 'annotations')
      if (!isObject(annotations)) return []
      return Object.keys(annotations)
        .filter((key) => key.startsWith(ACCEPT_PREFIX))
        .map((key) => [[...holder, 'annotations', key], annotations[key]] as const)
    })
    if (found.length === 0 || isSpokenFor(object)) return []
    return found.map(([path, value]) => readOne(object, path, value, ids))
  })
}

/**
 * Whether another object carries the same annotations and speaks for this one: pods have those of their template. Of pods
 * whose controller was not read, the first speaks, as it does for findings.
 */
function spokenFor(estate: Estate): (object: KubeObject) => boolean {
  let present: ReadonlySet<string> | undefined
  const absent = new Set<string>()
  return (object) => {
    // A mirror pod's owner is its Node, which makes no pods.
    const controller = isMirrorPod(object) ? undefined : controllerOf(object)
    if (controller === undefined) return false
    present ??= new Set(estate.objects.map(({ ref }) => identityOf(ref)))
    const identity = identityOf(controller)
    if (present.has(identity) || absent.has(identity)) return true
    absent.add(identity)
    return false
  }
}

function readOne(
  object: KubeObject,
  path: JsonPath,
  value: unknown,
  ids: ReadonlyMap<string, string>,
): AnnotatedException {
  const written = String(path.at(-1)).slice(ACCEPT_PREFIX.length)
  const check = ids.get(written)
  const { parts, faults } = partsOf(value)
  const { until, owner, container, reason = '' } = parts
  if (check === undefined) {
    const [near] = nearestWords(written, ids.keys())
    faults.push(`there is no check \`${written}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`)
  }
  if (until === undefined) faults.push('it says no last day: `until=2027-01-31`')
  else if (!isDay(until)) faults.push(`\`until=${until}\` is no day as \`2027-01-31\``)
  if (reason === '') faults.push('it gives no reason')
  const day = until !== undefined && isDay(until) ? until : undefined
  return {
    object,
    path,
    until: day,
    faults,
    exception: {
      check: check ?? written,
      scope: container === undefined ? {} : { container: [container] },
      reason: maskText(reason),
      until: day ?? '',
      ...(owner === undefined ? {} : { owner }),
      place: { file: object.slice.file, line: object.slice.line, column: object.slice.column },
      object: object.ref,
      audited: true,
    },
  }
}

type Parts = Partial<Record<(typeof KEYS)[number], string>>

/** Pairs between semicolons; what stands behind the last pair is the reason, semicolons and all. */
function partsOf(value: unknown): { parts: Parts; faults: string[] } {
  const text = asString(value)
  if (text === undefined) return { parts: {}, faults: ['its value is no text'] }
  if (text.length > LONGEST) return { parts: {}, faults: [`its value is longer than ${LONGEST} signs`] }
  const parts: Parts = {}
  const faults: string[] = []
  let rest = text
  for (;;) {
    const pair = /^\s*([A-Za-z][\w-]*)\s*=([^;]*)(;|$)/.exec(rest)
    if (pair === null) break
    const key = KEYS.find((known) => known === pair[1])
    if (key === 'reason') {
      parts.reason = rest.slice(rest.indexOf('=') + 1).trim()
      return { parts, faults }
    }
    if (key === undefined) {
      const [near] = nearestWords(pair[1] ?? '', KEYS)
      faults.push(
        `\`${pair[1] ?? ''}\` is not known here (${KEYS.join(', ')})${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
      )
    } else if (parts[key] !== undefined) faults.push(`\`${key}\` stands twice`)
    else if (pair[2]?.trim() === '') faults.push(`\`${key}\` is empty`)
    else parts[key] = pair[2]?.trim() ?? ''
    rest = rest.slice(pair[0].length)
  }
  const reason = rest.trim()
  return { parts: reason === '' ? parts : { ...parts, reason }, faults }
}
