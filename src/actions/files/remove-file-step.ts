import { rm } from 'node:fs/promises'
import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import { backUp, readBackup, restore } from './back-up.js'
import { locateFile } from './locate-file.js'
import { inWordsOf, syncPath } from './replace-file.js'
import type { Step } from '../journal/index.js'

/** Removes a file after it was backed up. Its id is `remove PATH`. */
export function removeFileStep(options: {
  readonly backups: string
  readonly root: string
  readonly path: string
  readonly title?: string
}): Step {
  const { backups, root, path } = options
  return {
    id: `remove ${path}`,
    title: options.title ?? `Remove ${path}`,
    async check() {
      const { there } = await locateFile(root, path)
      return there === undefined ? { holds: true } : { holds: false, reason: `${path} is still there` }
    },
    async act() {
      const located = await locateFile(root, path)
      if (located.there?.type === 'folder') throw new RampartError('unreadable-input', `${path} is a folder`)
      await backUp(backups, root, path)
      await rm(located.disk, { force: true }).catch((error: unknown) => {
        throw inWordsOf(error, path)
      })
      await syncPath(posix.dirname(located.disk))
      return undefined
    },
    async undo() {
      const backup = await readBackup(backups, path)
      if (backup?.was !== undefined) await restore(root, backup)
    },
  }
}
