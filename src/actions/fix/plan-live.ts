import { stringify } from 'yaml'
import {
  asObject,
  asString,
  compareText,
  formatRef,
  valueAt,
  type Finding,
  type JsonObject,
  type JsonValue,
  type KubeObject,
  type ObjectRef,
} from '../../model/index.js'
import { managerOf } from '../../kube/index.js'
import type { Advice, AdviceReason, Mended, ObjectChange } from './fix-plan.js'
import type { ObjectDoor } from './object-door.js'
import { adviceOf, chooseFix, isAsked, type FixChoice } from './plan-choose.js'
import { unifiedDiff } from './plan-diff.js'
import { mergeEdits, type WantedEdit } from './plan-file-edits.js'
import { mendedOf } from './plan-fix.js'
import { isPatched, mergePatch, objectDigest, shownObject } from './plan-objects.js'

/** What is asked of the objects of a running cluster. */
export interface LiveWish {
  readonly findings: readonly Finding[]
  readonly choice: FixChoice
  /** The objects as they were read for the audit. */
  readonly objects: readonly KubeObject[]
  readonly door: ObjectDoor
}

export interface LivePlan {
  readonly objects: readonly ObjectChange[]
  readonly mends: readonly Mended[]
  readonly advice: readonly Advice[]
}

/** Whether all edits of a finding are about objects of the cluster that was read. */
export function liveFindings(findings: readonly Finding[], objects: readonly KubeObject[]): Set<Finding> {
  const paths = new Set(objects.filter(({ source }) => source === 'cluster').map(({ slice }) => slice.file))
  return new Set(
    findings.filter(({ fix }) => {
      const edits = fix?.edits ?? []
      return edits.length > 0 && edits.every(({ host, file }) => host === undefined && paths.has(file))
    }),
  )
}

/**
 * Plans changes of objects: each is read as it is now, and the server is asked in a dry run what it would make of the
 * change. Nothing is stored. What a controller or a tool writes again is told, not changed.
 */
export async function planLive({ findings, choice, door }: LiveWish): Promise<LivePlan> {
  const advice: Advice[] = []
  const wanted = new Map<string, WantedEdit[]>()
  const left = new Set<Finding>()
  const leave = (finding: Finding, reason: AdviceReason, why: string): void => {
    if (left.has(finding)) return
    left.add(finding)
    advice.push(adviceOf({ finding, reason, why }))
  }
  for (const finding of findings.filter((each) => isAsked(each, choice))) {
    // Its commands do with kubectl what its edits do.
    const { fix } = finding
    const chosen = chooseFix(
      { ...finding, ...(fix === undefined ? {} : { fix: { ...fix, commands: [] } }) },
      choice,
    )
    if (chosen.kind === 'leave') leave(finding, chosen.reason, chosen.why)
    else
      for (const edit of fix?.edits ?? [])
        wanted.set(edit.file, [...(wanted.get(edit.file) ?? []), { edit, finding }])
  }
  const objects: ObjectChange[] = []
  for (const [path, edits] of [...wanted].sort(([a], [b]) => compareText(a, b))) {
    const change = await planOne(path, edits, door, leave)
    if (change !== undefined) objects.push(change)
  }
  // A finding about two objects, one of which cannot be changed, is not mended.
  const taken = [...new Set([...wanted.values()].flat().map(({ finding }) => finding))].filter(
    (finding) => !left.has(finding),
  )
  return { objects, mends: taken.map(mendedOf), advice }
}

type Leave = (finding: Finding, reason: AdviceReason, why: string) => void

async function planOne(
  path: string,
  wanted: readonly WantedEdit[],
  door: ObjectDoor,
  leave: Leave,
): Promise<ObjectChange | undefined> {
  const ref = wanted[0]?.edit.object
  const leaveAll = (reason: AdviceReason, why: string): undefined => {
    for (const { finding } of wanted) leave(finding, reason, why)
  }
  if (ref === undefined) return leaveAll('not-a-file', 'no object is named')
  const content = await door.get(path)
  if (content === undefined) return leaveAll('refused', `${formatRef(ref)} is not there any more`)
  if (ref.kind === 'Secret')
    return leaveAll('by-hand', 'Secrets are changed by hand: nothing of them is kept here')
  const by = managerOf(content)
  if (by !== undefined)
    return leaveAll('managed', `${by} writes ${formatRef(ref)} again: change it where that has it from`)
  const own = wanted.map(({ edit: { object: _whole, ...edit }, finding }) => ({ edit, finding }))
  const { text, lost } = mergeEdits(JSON.stringify(content, null, 2), own)
  for (const [finding, { reason, why }] of lost) leave(finding, reason, why)
  const after = asObject(JSON.parse(text) as JsonValue)
  const checks = wanted.filter(({ finding }) => !lost.has(finding)).map(({ finding }) => finding.check)
  const change = await changeOf({ ref, path, content, after, door, checks })
  return typeof change === 'string' ? leaveAll('refused', change) : change
}

/** A change of one object that is not about a finding of its own. */
export interface WholeChange {
  readonly ref: ObjectRef
  readonly path: string
  readonly content: JsonObject
  readonly after: JsonObject
  readonly door: ObjectDoor
  readonly checks: readonly string[]
  readonly words?: string
}

/** The change of one object, as the server would make it; a text where it would not, undefined where nothing changes. */
export async function changeOf(whole: WholeChange): Promise<ObjectChange | string | undefined> {
  const { ref, path, content, after, door, checks, words } = whole
  const patch = mergePatch(content, after)
  if (Object.keys(patch).length === 0) return undefined
  const name = formatRef(ref)
  const resourceVersion = asString(valueAt(content, ['metadata', 'resourceVersion'])) ?? ''
  let made: JsonObject
  try {
    made = await door.patch(
      path,
      { ...patch, metadata: { ...asObject(patch.metadata), resourceVersion } },
      { dryRun: true },
    )
  } catch (error) {
    return `the server refuses the change of ${name}: ${error instanceof Error ? error.message : String(error)}`
  }
  if (!isPatched(made, patch)) return `the server makes something else of the change of ${name}`
  return {
    ref,
    path,
    uid: asString(valueAt(content, ['metadata', 'uid'])) ?? '',
    before: objectDigest(content),
    resourceVersion,
    patch,
    diff: unifiedDiff(name, shown(content), shown(made)),
    ...(words === undefined ? {} : { words }),
    checks: [...new Set(checks)].sort(),
  }
}

function shown(content: JsonObject): string {
  return stringify(shownObject(content), { sortMapEntries: true, lineWidth: 0 })
}
