import { chmod, chown, mkdir, rmdir } from 'node:fs/promises'
import { posix } from 'node:path'
import { RampartError, systemCode } from '../../model/index.js'
import { locateFile } from './locate-file.js'
import { inWordsOf, syncPath } from './replace-file.js'
import type { Step } from '../journal/index.js'

/**
 * Makes a folder where there is none; its parent exists. Put back, it goes only when it is empty: what others laid there
 * stays. Its id is `folder PATH`.
 */
export function folderStep(options: {
  readonly root: string
  readonly path: string
  /** Permission bits of a new folder. */
  readonly mode: number
  readonly uid?: number
  readonly gid?: number
}): Step {
  const { root, path, mode } = options
  return {
    id: `folder ${path}`,
    title: `Make the folder ${path}`,
    skipWhenHolds: true,
    async check() {
      const { there } = await locateFile(root, path)
      if (there?.type === 'file')
        throw new RampartError('unreadable-input', `${path} is a file, not a folder`)
      return there === undefined ? { holds: false, reason: `${path} is not there` } : { holds: true }
    },
    async act() {
      const { disk } = await locateFile(root, path)
      try {
        await mkdir(disk, { mode: 0o700 })
        if (options.uid !== undefined || options.gid !== undefined)
          await chown(disk, options.uid ?? -1, options.gid ?? -1)
        await chmod(disk, mode)
        await syncPath(posix.dirname(disk))
      } catch (error) {
        throw inWordsOf(error, path)
      }
      return undefined
    },
    async undo() {
      const { disk, there } = await locateFile(root, path)
      if (there === undefined) return
      await rmdir(disk).catch((error: unknown) => {
        if (systemCode(error) !== 'ENOTEMPTY') throw inWordsOf(error, path)
      })
    },
  }
}
