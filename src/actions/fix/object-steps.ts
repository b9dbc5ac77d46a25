import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  asObject,
  asString,
  formatRef,
  RampartError,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import type { Step, StepState } from '../journal/index.js'
import type { StepMaker } from './fix-context.js'
import type { ObjectChange } from './fix-plan.js'
import type { ObjectDoor } from './object-door.js'
import { applyMergePatch, isPatched, mergePatch, objectDigest, whyNotRolledOut } from './plan-objects.js'

export interface ObjectContext {
  readonly door: ObjectDoor
  /** The folder of the run. */
  readonly folder: string
  /** How long a roll-out may take, in milliseconds. */
  readonly healthMs: number
}

const PACE_MS = 1_000

/**
 * The step that changes one object: its manifest is kept first, the server is asked in a dry run, and the patch carries the
 * resourceVersion that was read, so that nobody's change in between is lost.
 */
export function objectStep(change: ObjectChange, index: number, context: ObjectContext): Step {
  const { door, healthMs } = context
  const name = formatRef(change.ref)
  const backup = join(context.folder, 'objects', `${index}.json`)

  const read = async (): Promise<JsonObject> => {
    const content = await door.get(change.path)
    if (content === undefined) throw new RampartError('no-input', `${name} is not there any more`)
    return content
  }
  const rolledOut = async (signal?: AbortSignal): Promise<void> => {
    for (let waited = 0; ; waited += PACE_MS) {
      signal?.throwIfAborted()
      const why = whyNotRolledOut(await read())
      if (why === undefined) return
      if (waited >= healthMs)
        throw new RampartError('not-allowed', `${name} is not rolled out after ${healthMs / 1000} s: ${why}`)
      await door.wait(PACE_MS)
    }
  }

  return {
    id: `patch ${name}`,
    title: `Patch ${name}${change.words === undefined ? '' : `: ${change.words}`}`,
    async precondition() {
      const content = await read()
      if (isPatched(content, change.patch)) return undefined
      const changed = whyAnother(content, change)
      if (changed !== undefined) return `${name} ${changed}; plan again`
      try {
        const made = await door.patch(change.path, versioned(change.patch, content), { dryRun: true })
        return isPatched(made, change.patch)
          ? undefined
          : `the server makes something else of the change of ${name}`
      } catch (error) {
        return `the server refuses the change of ${name}: ${error instanceof Error ? error.message : String(error)}`
      }
    },
    async check(): Promise<StepState> {
      const content = await door.get(change.path)
      if (content === undefined) return { holds: false, reason: `${name} is not there` }
      if (!isPatched(content, change.patch)) return { holds: false, reason: `${name} is not as it should be` }
      const why = whyNotRolledOut(content)
      return why === undefined ? { holds: true } : { holds: false, reason: `${name}: ${why}` }
    },
    async act(signal) {
      const content = await read()
      if (isPatched(content, change.patch)) {
        await rolledOut(signal)
        return { resourceVersion: versionOf(content) }
      }
      const changed = whyAnother(content, change)
      if (changed !== undefined) throw new RampartError('not-allowed', `${name} ${changed}; plan again`)
      await mkdir(join(context.folder, 'objects'), { recursive: true, mode: 0o700 })
      await writeFile(backup, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true })
      const made = await door.patch(change.path, versioned(change.patch, content), { dryRun: false })
      await rolledOut(signal)
      return { resourceVersion: versionOf(made), backup }
    },
    async undo() {
      const before = await readBackup(backup)
      const content = await door.get(change.path)
      // It was never begun, or the object was deleted since, and with it the change.
      if (before === undefined || content === undefined) return
      const back = mergePatch(asObject(applyMergePatch(before, change.patch)), before)
      if (isPatched(content, back)) return
      if (!isPatched(content, change.patch))
        throw new RampartError(
          'not-allowed',
          `${name} was changed again since, at the same places: put it back by hand from ${backup}`,
        )
      await door.patch(change.path, versioned(back, content), { dryRun: false })
      await rolledOut()
    },
  }
}

/** The steps of all objects of a plan. */
export const objectSteps: StepMaker = (plan, { objects: door, run, healthMs }) => {
  return Promise.resolve({
    act: plan.objects.flatMap((change, index) =>
      door === undefined ? [] : [objectStep(change, index, { door, folder: run.folder, healthMs })],
    ),
  })
}

/** The patch under the condition that nobody changed the object since it was read. */
function versioned(patch: JsonObject, content: JsonObject): JsonObject {
  return { ...patch, metadata: { ...asObject(patch.metadata), resourceVersion: versionOf(content) } }
}

function versionOf(content: JsonObject): string {
  return asString(valueAt(content, ['metadata', 'resourceVersion'])) ?? ''
}

/** Why an object is not the one that was planned for; a status that moved on is no reason. */
function whyAnother(content: JsonObject, change: ObjectChange): string | undefined {
  if (asString(valueAt(content, ['metadata', 'uid'])) !== change.uid)
    return 'was deleted and made anew since the plan'
  return objectDigest(content) === change.before ? undefined : 'was changed since the plan'
}

async function readBackup(file: string): Promise<JsonObject | undefined> {
  try {
    return asObject(JSON.parse(await readFile(file, 'utf8')) as JsonValue)
  } catch (error) {
    // Cut off while it was written: the patch comes after it, so nothing was changed.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
