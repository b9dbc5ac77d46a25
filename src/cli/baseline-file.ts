import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { Baseline } from '../audit/index.js'
import { RampartError } from '../model/index.js'

/** Reads a baseline file. Throws RampartError when it cannot be read or is none. */
export async function readBaselineFile(file: string): Promise<Baseline> {
  const baseline = await baselineIfThere(file)
  if (baseline === undefined) {
    throw new RampartError(
      'usage',
      `there is no baseline \`${file}\` (\`rampart baseline update ${file} ...\` makes one)`,
    )
  }
  return baseline
}

/** The same, or undefined where there is no such file. */
export async function baselineIfThere(file: string): Promise<Baseline | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new RampartError('usage', `cannot read the baseline \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
  const { readBaseline } = await import('../audit/index.js')
  return readBaseline(text, file)
}

/** Writes a file in one step: whoever reads it meanwhile sees the old text or the new one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  // A name that begins with a dot: folders of manifests may be watched.
  const beside = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(beside, text, { flag: 'wx' })
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw new RampartError('usage', `cannot write \`${file}\`: ${(error as Error).message}`, { cause: error })
  }
}
