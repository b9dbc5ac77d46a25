import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { RampartError } from '../../model/index.js'
import { defaultFile } from '../edit/default-file.js'
import { KubeconfigDocument } from '../edit/kubeconfig-document.js'
import type { ChangeBase, FileChange } from '../edit/plan-changes.js'
import type { KubeconfigFiles } from '../load/kubeconfig-files.js'
import { kubeconfigPrecedence, startingKubeconfig, type KubeconfigPlaces } from '../load/load-kubeconfig.js'

/** A file that was changed, or would be. */
export interface ChangedFile {
  readonly file: string
  readonly before: string
  readonly after: string
  /** Where the old text is kept; absent for a new file and for a dry run. */
  readonly backup?: string
}

export interface ChangeOptions {
  readonly places: KubeconfigPlaces
  readonly files: KubeconfigFiles
  readonly dryRun: boolean
  readonly now: Date
}

/**
 * Changes kubeconfig files as kubectl does: all files that it would read are locked first, in the order of their names;
 * entries are changed where they stand. Each file is kept under another name before, and is written whole or not at all.
 * Source: client-go v0.36.2 tools/clientcmd/config.go, ModifyConfig; loader.go, lockFile and WriteToFile.
 */
export function changeKubeconfig(
  options: ChangeOptions,
  plan: (base: ChangeBase) => readonly FileChange[],
): ChangedFile[] {
  const { places, files, dryRun, now } = options
  const candidates = kubeconfigPrecedence(places).map((file) => path.resolve(files.cwd, file))
  const locked: string[] = []
  try {
    if (!dryRun) for (const file of [...candidates].sort()) locked.push(lock(file))
    const loaded = startingKubeconfig(places, files)
    const changes = plan({
      config: loaded.config,
      files: loaded.files,
      defaultFile: defaultFile(places, files),
      cwd: files.cwd,
    })
    const texts = edited(changes, files).filter(({ before, after }) => before !== after)
    return dryRun ? texts : texts.map((changed) => write(changed, files.cwd, now))
  } finally {
    for (const file of locked) unlinkSync(file)
  }
}

/** All texts before the first is written: a fault in the last file leaves the first as it is. */
function edited(changes: readonly FileChange[], files: KubeconfigFiles): ChangedFile[] {
  return [...new Set(changes.map(({ file }) => file))].map((file) => {
    const before = textOf(path.resolve(files.cwd, file))
    const document = new KubeconfigDocument(before)
    for (const change of changes) if (change.file === file) change.edit(document)
    return { file, before, after: document.toString() }
  })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** kubectl and Rampart keep each other out by this file; a crash leaves it. */
function lock(file: string): string {
  const name = `${file}.lock`
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 })
  try {
    closeSync(openSync(name, constants.O_CREAT | constants.O_EXCL, 0))
    return name
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why =
      code === 'EEXIST'
        ? `open ${name}: file exists\nAnother program is changing the file; if none is, a crash left this lock: remove it.`
        : message
    throw new RampartError('not-allowed', why, { cause: error })
  }
}

/** A new file is for its owner alone; an old one keeps its mode and owner. A link stays a link. */
function write(changed: ChangedFile, cwd: string, now: Date): ChangedFile {
  const named = path.resolve(cwd, changed.file)
  const facts = statSync(named, { throwIfNoEntry: false })
  const file = facts === undefined ? named : realpathSync(named)
  const mode = facts === undefined ? 0o600 : facts.mode & 0o777
  const backup = facts === undefined ? undefined : keep(file, changed.before, now)
  const beside = `${file}.${randomUUID()}.new`
  try {
    writeFileSync(beside, changed.after, { mode: 0o600, flag: 'wx' })
    chmodSync(beside, mode)
    if (facts !== undefined) chownSync(beside, facts.uid, facts.gid)
    const open = openSync(beside, 'r')
    fsyncSync(open)
    closeSync(open)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw new RampartError('not-allowed', `cannot write ${changed.file}: ${(error as Error).message}`, {
      cause: error,
    })
  }
  return { ...changed, ...(backup === undefined ? {} : { backup }) }
}

/** The old text beside the file, for its owner alone, whatever the mode of the file. */
function keep(file: string, text: string, now: Date): string {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '')
  for (let number = 1; ; number += 1) {
    const name = `${file}.backup-${time}${number === 1 ? '' : `-${number}`}`
    try {
      writeFileSync(name, text, { mode: 0o600, flag: 'wx' })
      return name
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new RampartError('not-allowed', `cannot keep a backup: ${(error as Error).message}`, {
        cause: error,
      })
    }
  }
}
