import { readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '../../model/index.js'
import { refusalOf } from './open-regular.js'

export interface FoundFiles {
  /** In the order of their names, each written as the user named the folder. */
  readonly files: string[]
  readonly problems: Problem[]
}

const ENDINGS = new Set(['.yaml', '.yml', '.json'])
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules'])
const DEEPEST = 100

/**
 * The files below a folder that may hold objects (.yaml, .yml, .json), without .git and node_modules. Links are
 * followed, each folder is entered once, and a link that leads back into itself is a problem. Folders in `skip`
 * (absolute paths) are passed over.
 */
export async function findFiles(folder: string, skip: ReadonlySet<string> = new Set()): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], problems: [] }
  await walk(folder, found, [], new Set(), skip)
  return found
}

async function walk(
  folder: string,
  found: FoundFiles,
  above: string[],
  entered: Set<string>,
  skip: ReadonlySet<string>,
): Promise<void> {
  if (skip.has(path.resolve(folder))) return
  try {
    const real = await realpath(folder)
    if (above.includes(real)) {
      const message = 'a link that leads back to a folder above it: not followed'
      found.problems.push({ code: 'loop', message, level: 'warning', place: { file: folder } })
      return
    }
    if (entered.has(real)) return
    entered.add(real)
    if (above.length > DEEPEST) {
      const message = `folders nest deeper than ${DEEPEST} levels: not read`
      found.problems.push({ code: 'too-deep', message, level: 'error', place: { file: folder } })
      return
    }
    const entries = await readdir(folder, { withFileTypes: true })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(file)))) {
        if (!SKIPPED_FOLDERS.has(entry.name)) await walk(file, found, [...above, real], entered, skip)
      } else if (ENDINGS.has(path.extname(entry.name).toLowerCase())) found.files.push(file)
    }
  } catch (error) {
    found.problems.push(refusalOf(folder, error))
  }
}

async function isFolder(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isDirectory()
  } catch {
    return false
  }
}
