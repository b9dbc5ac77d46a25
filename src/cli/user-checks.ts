import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AnyCheck } from '../checks/index.js'
import { RampartError } from '../model/index.js'
import type { UserCheck } from '../user-checks/index.js'
import { isAudited, type FoundConfiguration } from './find-configuration.js'

/** A check of the user's own; `audited`: it stands in what is audited. */
export interface LoadedCheck extends UserCheck {
  readonly audited: boolean
}

/** More files than this are no folder of checks. */
const MOST_FILES = 1000

/** The checks of the files and folders that `--checks` and the configuration name, in the order of their files. */
export async function loadUserChecks(
  named: readonly string[],
  found: FoundConfiguration | undefined,
  audited: readonly string[],
  working = process.cwd(),
): Promise<readonly LoadedCheck[]> {
  const configured = found?.configuration.checks.from ?? []
  const files = new Map<string, string>()
  for (const path of [...named, ...configured.map((each) => join(found?.folder ?? '', each))]) {
    for (const file of await filesOf(path, working)) files.set(await realpath(resolve(working, file)), file)
  }
  if (files.size === 0) return []
  const { readUserChecks } = await import('../user-checks/index.js')
  const loaded: LoadedCheck[] = []
  for (const [real, file] of files) {
    const inAudited = await isAudited(real, audited, working)
    const text = await readFile(real, 'utf8')
    loaded.push(
      ...readUserChecks(text, shownName(file, working)).map((each) => ({ ...each, audited: inAudited })),
    )
  }
  await refuseSameIds(loaded)
  return loaded
}

function shownName(file: string, working: string): string {
  return file.startsWith(`${working}/`) ? file.slice(working.length + 1) : file
}

async function filesOf(path: string, working: string): Promise<string[]> {
  const about = await stat(resolve(working, path)).catch((error: unknown) => {
    throw new RampartError('usage', `cannot read the checks in \`${path}\`: ${(error as Error).message}`, {
      cause: error,
    })
  })
  if (!about.isDirectory()) return [path]
  const entries = await readdir(resolve(working, path), { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && /^[^.].*\.ya?ml$/.test(entry.name))
    .map((entry) => join(path, entry.parentPath.slice(resolve(working, path).length), entry.name))
    .sort()
  if (names.length > MOST_FILES)
    throw new RampartError('usage', `\`${path}\` holds more than ${MOST_FILES} files of checks`)
  if (names.length === 0) throw new RampartError('usage', `\`${path}\` holds no file of checks (*.yaml)`)
  return names
}

/** Ids are for ever and one of a kind: reports, exceptions and baselines know checks by them. */
async function refuseSameIds(loaded: readonly LoadedCheck[]): Promise<void> {
  const { checks } = await import('../checks/index.js')
  const { namesOf } = await import('../policy/index.js')
  const seen = new Map([...namesOf(checks).keys()].map((id) => [id, 'by Rampart itself']))
  for (const { check, place } of loaded) {
    const here = `${place.file}:${place.line ?? 1}:${place.column ?? 1}`
    const first = seen.get(check.id)
    if (first !== undefined)
      throw new RampartError('usage', `${here}: \`${check.id}\` is defined ${first}, too`)
    seen.set(check.id, `at ${here}`)
  }
}

/** Rampart's own checks and the user's, to be treated alike. */
export async function allChecks(loaded: readonly LoadedCheck[]): Promise<readonly AnyCheck[]> {
  const { checks } = await import('../checks/index.js')
  return [...checks, ...loaded.map(({ check }) => check)]
}
