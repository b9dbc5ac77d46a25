import { chmod, lstat, mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { RampartError, systemCode } from '../../model/index.js'
import type { SetupFile } from './plan-setup.js'

/**
 * Writes the files into a folder that is not there yet, or is empty: all of them or none. Throws `usage` where the folder
 * holds anything, `unreadable-input` where it cannot be written.
 */
export async function writeSetup(folder: string, files: readonly SetupFile[]): Promise<void> {
  const target = path.resolve(folder)
  await mustBeFree(target)
  let unfinished: string | undefined
  try {
    await mkdir(path.dirname(target), { recursive: true })
    unfinished = await mkdtemp(path.join(path.dirname(target), `.${path.basename(target)}-`))
    for (const file of files) await writeFile(unfinished, file)
    // An empty folder in its place is replaced; one that was filled meanwhile is not.
    await rename(unfinished, target)
  } catch (error) {
    if (unfinished !== undefined) await rm(unfinished, { recursive: true, force: true })
    if (systemCode(error) === 'ENOTEMPTY') throw notEmpty(folder)
    const reason = error instanceof Error ? error.message : String(error)
    throw new RampartError('unreadable-input', `${folder} cannot be written: ${reason}`, { cause: error })
  }
}

async function mustBeFree(folder: string): Promise<void> {
  const there = await lstat(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined
    const reason = error instanceof Error ? error.message : String(error)
    throw new RampartError('unreadable-input', `${folder} cannot be read: ${reason}`, { cause: error })
  })
  if (there === undefined) return
  if (!there.isDirectory()) throw new RampartError('usage', `${folder} is there and is no folder`)
  if ((await readdir(folder)).length > 0) throw notEmpty(folder)
}

function notEmpty(folder: string): RampartError {
  return new RampartError(
    'usage',
    `${folder} is not empty: keys that are in use could be lost. Name a new folder, or empty this one yourself`,
  )
}

async function writeFile(folder: string, { path: name, mode, text }: SetupFile): Promise<void> {
  const file = path.join(folder, ...name.split('/'))
  await mkdir(path.dirname(file), { recursive: true, mode: 0o755 })
  const handle = await open(file, 'wx', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  // Whatever the mask of the user takes away or leaves.
  await chmod(file, mode)
}
