import { readFile } from 'node:fs/promises'
import { backUp, readBackup, restore } from './back-up.js'
import { sha256Of } from './checksum.js'
import { locateFile } from './locate-file.js'
import { replaceFile } from './replace-file.js'
import type { Step, StepState } from '../journal/index.js'

export interface FileChange {
  /** The folder of the run's backups. */
  readonly backups: string
  readonly root: string
  /** The absolute path on the host. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  /** SHA-256 of what the plan saw there, or `absent`. */
  readonly expect?: string
  readonly title?: string
}

/** Writes a file: backed up, replaced as a whole, compared, and put back as it was. Its id is `write PATH`. */
export function fileStep(change: FileChange): Step {
  const { backups, root, path, bytes } = change
  const wanted = sha256Of(bytes)
  return {
    id: `write ${path}`,
    title: change.title ?? `Write ${path}`,
    async check(): Promise<StepState> {
      const located = await locateFile(root, path)
      if (located.there?.type !== 'file') return { holds: false, reason: `${path} is not there` }
      if (sha256Of(await readFile(located.disk)) !== wanted)
        return { holds: false, reason: `${path} does not hold what was written` }
      const { mode, uid, gid } = located.there
      for (const [name, is, want] of [
        ['mode', mode, change.mode],
        ['owner', uid, change.uid],
        ['group', gid, change.gid],
      ] as const) {
        if (want !== undefined && is !== want)
          return { holds: false, reason: `${path} has another ${name} than it was given` }
      }
      return { holds: true }
    },
    async act() {
      const backup = await backUp(backups, root, path)
      await replaceFile({ ...change, expect: change.expect ?? backup.was?.sha256 ?? 'absent' })
      return { sha256: wanted, ...(backup.was === undefined ? {} : { was: backup.was.sha256 }) }
    },
    async undo() {
      const backup = await readBackup(backups, path)
      // No backup: the step died before it touched anything.
      if (backup !== undefined) await restore(root, backup)
    },
  }
}
