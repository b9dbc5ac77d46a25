import { chmod, chown, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asNumber, field, RampartError } from '../../model/index.js'
import { sha256Of } from './checksum.js'
import { locateFile } from './locate-file.js'
import { inWordsOf, syncPath } from './replace-file.js'
import type { Step, StepState } from '../journal/index.js'

interface Attributes {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/**
 * Gives a file or folder another mode, owner or group; what is in it is neither read nor copied. Its id is
 * `attributes PATH`.
 */
export function attributesStep(options: {
  readonly backups: string
  readonly root: string
  readonly path: string
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly title?: string
}): Step {
  const { root, path } = options
  const kept = join(options.backups, `${sha256Of(path).slice(0, 20)}.attributes.json`)
  const now = async (): Promise<Attributes & { readonly disk: string }> => {
    const { there, disk } = await locateFile(root, path)
    if (there === undefined) throw new RampartError('unreadable-input', `${path} is not there`)
    return { ...there, disk }
  }
  const give = async ({ mode, uid, gid }: Attributes): Promise<void> => {
    const is = await now()
    try {
      // A change of owner clears the bits for set-user-ID, so the mode comes after it. Source: chown(2).
      if (uid !== is.uid || gid !== is.gid) await chown(is.disk, uid, gid)
      await chmod(is.disk, mode)
    } catch (error) {
      throw inWordsOf(error, path)
    }
  }
  return {
    id: `attributes ${path}`,
    title: options.title ?? `Change mode or owner of ${path}`,
    async check(): Promise<StepState> {
      const is = await now()
      const wrong = (['mode', 'uid', 'gid'] as const).find(
        (name) => options[name] !== undefined && options[name] !== is[name],
      )
      return wrong === undefined
        ? { holds: true }
        : { holds: false, reason: `${path} has another ${wrong} than it was given` }
    },
    async act() {
      const { mode, uid, gid } = await now()
      if ((await readKept(kept)) === undefined) {
        await writeFile(kept, JSON.stringify({ mode, uid, gid }), { mode: 0o600, flush: true })
        await syncPath(options.backups)
      }
      await give({ mode: options.mode ?? mode, uid: options.uid ?? uid, gid: options.gid ?? gid })
      return { mode, uid, gid }
    },
    async undo() {
      const before = await readKept(kept)
      if (before !== undefined) await give(before)
    },
  }
}

async function readKept(file: string): Promise<Attributes | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    const [mode, uid, gid] = ['mode', 'uid', 'gid'].map((name) => asNumber(field(value, name)))
    return mode === undefined || uid === undefined || gid === undefined ? undefined : { mode, uid, gid }
  } catch {
    // Not there, or cut off by a crash while it was written: nothing had been changed yet.
    return undefined
  }
}
