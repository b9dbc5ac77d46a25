import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RampartError } from '../../model/index.js'
import { attributesStep, fileStep, folderStep, locateFile, readBackup, sha256Of } from '../files/index.js'
import type { Step, StepState } from '../journal/index.js'
import type { StepMaker } from './fix-context.js'
import type { FileChange, FixPlan, ModeChange, Owner } from './fix-plan.js'
import { textAfter } from './plan-fix.js'
import { textOf } from './see-places.js'

/** Files first, then modes and owners; put back in the other order. */
export const fileSteps: StepMaker = async (plan, { run }) => {
  const places = new Map<string, { readonly root: string; readonly backups: string }>()
  const placeOf = async (host: string | undefined): Promise<{ root: string; backups: string }> => {
    const key = host ?? ''
    const known = places.get(key)
    if (known !== undefined) return known
    const index =
      host === undefined ? 'own' : String(plan.subject.hosts.findIndex(({ name }) => name === host))
    const backups = join(run.backups, index)
    await mkdir(backups, { recursive: true, mode: 0o700 })
    const place = { root: rootOf(plan, host), backups }
    places.set(key, place)
    return place
  }
  const steps: Step[] = []
  for (const folder of foldersOf(plan)) {
    const { root } = await placeOf(folder.host)
    steps.push(named(folder.host, folderStep({ root, path: folder.path, mode: 0o700, ...folder.owner })))
  }
  for (const change of plan.files) {
    const { root, backups } = await placeOf(change.host)
    steps.push(named(change.host, await writeStep(change, root, backups)))
  }
  for (const change of plan.modes) {
    const { root, backups } = await placeOf(change.host)
    steps.push(named(change.host, accessStep(change, root, backups)))
  }
  return { act: steps }
}

/** The folder of this machine below which the paths of a host are. */
export function rootOf(plan: FixPlan, host: string | undefined): string {
  if (host === undefined) return '/'
  const root = plan.subject.hosts.find(({ name }) => name === host)?.root
  if (root === undefined) throw new RampartError('unreadable-input', `the plan has no root for host ${host}`)
  return root
}

interface NewFolder {
  readonly host: string | undefined
  readonly path: string
  readonly owner: Owner | undefined
}

function foldersOf(plan: FixPlan): NewFolder[] {
  const folders = new Map<string, NewFolder>()
  for (const { host, folders: missing = [], owner } of plan.files)
    for (const path of missing) folders.set(`${host ?? ''}\n${path}`, { host, path, owner })
  return [...folders.values()]
}

/** Two hosts have files of the same path. */
function named(host: string | undefined, step: Step): Step {
  if (host === undefined) return step
  return { ...step, id: `${step.id} on ${host}`, title: `${step.title} on ${host}` }
}

async function writeStep(change: FileChange, root: string, backups: string): Promise<Step> {
  const path = change.real ?? change.path
  const text = await plannedText(change, root, path, backups)
  const changed = async (): Promise<string | undefined> => {
    const is = await sumOf(root, path)
    return is === change.before || is === change.after
      ? undefined
      : `${path} was changed since: it is neither what the plan saw nor what the plan writes`
  }
  const step = fileStep({
    backups,
    root,
    path,
    bytes: Buffer.from(text ?? '', 'utf8'),
    expect: change.before,
    title: `Change ${change.path}`,
    ...(change.mode === undefined ? {} : { mode: change.mode }),
    ...change.owner,
  })
  const undoable: Step = {
    ...step,
    precondition: changed,
    async undo(kept) {
      // What somebody else wrote in the meantime is not ours to throw away.
      const why = await changed()
      if (why !== undefined) throw new RampartError('not-rolled-back', why)
      await step.undo?.(kept)
    },
  }
  return text === undefined ? refused(undoable, path, changed) : undoable
}

/** A file of which the new text cannot be made again: it is not written, but can be put back. */
function refused(step: Step, path: string, changed: () => Promise<string | undefined>): Step {
  const why = async (): Promise<string> =>
    (await changed()) ??
    `what ${path} is to hold cannot be made again: another version of Rampart made the plan, or the backup is damaged`
  return {
    ...step,
    precondition: why,
    check: async (): Promise<StepState> => ({ holds: false, reason: await why() }),
    act: async () => {
      throw new RampartError('unreadable-input', await why())
    },
  }
}

/** The new text of a file: made of what is there, or of the backup where this run has written it already. */
async function plannedText(
  change: FileChange,
  root: string,
  path: string,
  backups: string,
): Promise<string | undefined> {
  const backup = await readBackup(backups, path)
  const kept = backup?.was === undefined ? undefined : await readFile(backup.copy)
  for (const bytes of [kept, await bytesOf(root, path)]) {
    if ((bytes === undefined ? 'absent' : sha256Of(bytes)) !== change.before) continue
    const before = bytes === undefined ? undefined : textOf(bytes)
    if (bytes !== undefined && before === undefined) continue
    const text = textAfter(change, before)
    if (sha256Of(text) === change.after) return text
  }
  return undefined
}

async function bytesOf(root: string, path: string): Promise<Buffer | undefined> {
  const located = await locateFile(root, path).catch(() => undefined)
  return located?.there?.type === 'file' ? readFile(located.disk) : undefined
}

/** SHA-256 of what a file of a host holds now. */
export async function sumOf(root: string, path: string): Promise<string> {
  const bytes = await bytesOf(root, path)
  return bytes === undefined ? 'absent' : sha256Of(bytes)
}

function accessStep(change: ModeChange, root: string, backups: string): Step {
  const { before, after } = change
  const path = change.real ?? change.path
  const bits = after.mode.toString(8).padStart(4, '0')
  const owner =
    before.uid === after.uid && before.gid === after.gid ? '' : ` and belong to ${after.uid}:${after.gid}`
  return attributesStep({
    root,
    path,
    backups,
    mode: after.mode,
    uid: after.uid,
    gid: after.gid,
    title: `Let ${change.path} have mode ${bits}${owner}`,
  })
}
