import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { RampartError } from '../model/index.js'
import type { Configuration } from '../policy/index.js'

/** The name under which a configuration is found. */
export const CONFIGURATION_FILE = '.rampart.yaml'

/** A configuration with the real path of its file. */
export interface FoundConfiguration {
  readonly configuration: Configuration
  readonly folder: string
  readonly audited: boolean
}

/**
 * The configuration of an audit: the file that is named, else the one in an audited folder, else the one of the working
 * folder or of a parent up to the root of the repository. `named` false: none. Throws RampartError when it is wrong.
 */
export async function findConfiguration(
  named: string | false | undefined,
  paths: readonly string[],
  working = process.cwd(),
): Promise<FoundConfiguration | undefined> {
  if (named === false) return undefined
  const file = named ?? (await foundIn(paths, working)) ?? (await foundAbove(working))
  if (file === undefined) return undefined
  const text = await textOf(file)
  const real = await realpath(resolve(working, file))
  const folder = dirname(real)
  const audited = await isAudited(real, paths, working)
  const { readConfiguration } = await import('../policy/index.js')
  const shown = named ?? (relative(working, resolve(working, file)) || file)
  const folders = { configuration: folder, working: await realpath(working) }
  return { configuration: readConfiguration(text, shown, { audited, folders }), folder, audited }
}

async function foundIn(paths: readonly string[], working: string): Promise<string | undefined> {
  const found = new Map<string, string>()
  for (const path of paths) {
    const file = join(path, CONFIGURATION_FILE)
    const real = await realpath(resolve(working, file)).catch(() => undefined)
    if (real !== undefined) found.set(real, file)
  }
  const files = [...found.values()]
  if (files.length > 1) {
    throw new RampartError(
      'usage',
      `there are several configurations (${files.join(', ')}): name one with --config FILE`,
    )
  }
  return files[0]
}

/** Only up to the root of a repository: what lies above is another's. Without a repository, the working folder alone. */
async function foundAbove(working: string): Promise<string | undefined> {
  const root = await repositoryOf(working)
  for (let folder = working; ; folder = dirname(folder)) {
    const file = join(folder, CONFIGURATION_FILE)
    if (await exists(file)) return file
    if (root === undefined || folder === root || folder === dirname(folder)) return undefined
  }
}

async function repositoryOf(folder: string): Promise<string | undefined> {
  for (let here = folder; ; here = dirname(here)) {
    if (await exists(join(here, '.git'))) return here
    if (here === dirname(here)) return undefined
  }
}

/** Whether a file stands in an audited folder, or in the repository of something that is audited. */
export async function isAudited(file: string, paths: readonly string[], working: string): Promise<boolean> {
  const repository = await repositoryOf(dirname(file))
  for (const path of paths) {
    const real = await realpath(resolve(working, path)).catch(() => undefined)
    if (real === undefined) continue
    if (file === real || file.startsWith(real.endsWith(sep) ? real : `${real}${sep}`)) return true
    if (repository !== undefined && (await repositoryOf(dirname(real))) === repository) return true
  }
  return false
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new RampartError(
      'usage',
      `cannot read the configuration \`${file}\`: ${(error as Error).message}`,
      { cause: error },
    )
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
