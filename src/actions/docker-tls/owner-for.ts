import { statSync } from 'node:fs'
import { posix } from 'node:path'

/**
 * Owner and group for something new: those of the nearest folder that is there. A client's files in a home belong to the
 * person whose home it is, whoever writes them.
 */
export function ownerFor(path: string): { readonly uid?: number; readonly gid?: number } {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    try {
      const { uid, gid } = statSync(folder)
      return { uid, gid }
    } catch {
      if (folder === '/') return {}
    }
  }
}
