import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { locateFile } from '../files/index.js'
import { rootOf, sumOf } from './file-steps.js'
import type { FileChange, FixPlan, ModeChange, Restart } from './fix-plan.js'
import type { Machine } from './machine/machine.js'

/**
 * Why a plan cannot be carried out as things stand now, each in one sentence; none when it can. Asked before anything is
 * changed.
 */
export async function preflight(plan: FixPlan, machine: Machine): Promise<readonly string[]> {
  const reasons: (string | undefined)[] = []
  for (const change of plan.files) reasons.push(await whyNotFile(change, rootOf(plan, change.host)))
  reasons.push(...(await whyNoRoom(plan)))
  for (const change of plan.modes) reasons.push(await whyNotMode(change, rootOf(plan, change.host)))
  for (const restart of plan.restarts) reasons.push(await whyNotRestart(restart, machine))
  return [...new Set(reasons.filter((reason) => reason !== undefined))]
}

async function whyNotFile(change: FileChange, root: string): Promise<string | undefined> {
  const path = change.real ?? change.path
  const is = await sumOf(root, path)
  if (is !== change.before) {
    if (change.before === 'absent') return `${path} is there by now: make the plan anew`
    return is === 'absent' ? `${path} is not there any more` : `${path} was changed since: make the plan anew`
  }
  const located = await locateFile(root, path).catch((error: unknown) => error as Error)
  if (located instanceof Error) return change.folders === undefined ? located.message : undefined
  if (located.real !== path) return `a link leads ${path} to ${located.real} by now: make the plan anew`
  return whyNotWritable(dirname(located.disk), path)
}

/** Beyond the files themselves, bytes for each: a block of its own, and what else writes meanwhile. */
const ROOM = 16 * 1024

/** Putting back needs room as well: for each file there is twice as much as it holds. */
async function whyNoRoom(plan: FixPlan): Promise<string[]> {
  const needs = new Map<number, { readonly path: string; readonly disk: string; bytes: number }>()
  for (const change of plan.files) {
    const path = change.real ?? change.path
    const located = await locateFile(rootOf(plan, change.host), path).catch(() => undefined)
    if (located === undefined) continue
    const disk = dirname(located.disk)
    const [folder, file] = [await stat(disk), await stat(located.disk).catch(() => undefined)]
    const need = needs.get(folder.dev) ?? { path, disk, bytes: 0 }
    need.bytes += 2 * ((file?.size ?? 0) + ROOM)
    needs.set(folder.dev, need)
  }
  const reasons: string[] = []
  for (const { path, disk, bytes } of needs.values()) {
    const { bsize, bavail, bfree } = await statfs(disk)
    const free = bsize * (process.getuid?.() === 0 ? bfree : bavail)
    if (free < bytes) reasons.push(`the disk of ${path} has ${free} bytes left, and ${bytes} are needed`)
  }
  return reasons
}

async function whyNotWritable(folder: string, path: string): Promise<string | undefined> {
  try {
    await access(folder, constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EROFS') return `${path} is on a read-only file system`
    return `${path} cannot be written: ${code === 'EACCES' ? 'permission denied (run it as root)' : String(code)}`
  }
}

async function whyNotMode(change: ModeChange, root: string): Promise<string | undefined> {
  const path = change.real ?? change.path
  const located = await locateFile(root, path).catch(() => undefined)
  if (located?.there === undefined) return `${path} is not there any more`
  const { mode, uid, gid } = located.there
  const { before } = change
  if (mode !== before.mode || uid !== before.uid || gid !== before.gid)
    return `${path} has another mode or owner by now: make the plan anew`
  const own = process.getuid?.()
  return own === 0 || own === uid ? undefined : `only root may change mode and owner of ${path}`
}

async function whyNotRestart(restart: Restart, machine: Machine): Promise<string | undefined> {
  const name = restart.name
  const instead = `(--restart-command '${name}=COMMAND' names another way, --no-restart leaves it to you)`
  if (restart.kind === 'by-hand')
    return `how to restart ${name} (${restart.words}) is not known here ${instead}`
  if (restart.kind !== 'unit') return undefined
  const states = await Promise.all(restart.units.map((unit) => machine.unit(unit)))
  if (states.some((state) => state === undefined))
    return `systemd does not run this machine, so ${name} cannot be restarted through it ${instead}`
  if (states.some((state) => state?.load === 'loaded')) return undefined
  const masked = states.some((state) => state?.load === 'masked')
  const units = restart.units.join(', ')
  return masked
    ? `the unit ${units} is masked: systemd does not start it; \`systemctl unmask ${units}\` would undo that ${instead}`
    : `systemd knows no unit ${units} ${instead}`
}
