import { constants } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import path, { posix } from 'node:path'
import { diskFs } from '../../sources/index.js'
import { locateFile, sha256Of, type LocatedFile } from '../files/index.js'
import type { Owner } from './fix-plan.js'
import type { Seen } from './plan-fix.js'
import { keyOf, type Place } from './plan-places.js'

/** Larger files are no configuration, bytes. */
const MOST_BYTES = 4 * 1024 * 1024

/**
 * Looks at places before a plan is made: bytes, mode, owner, where links lead. Files of a host are found below its root;
 * files without one are the user's own. Nothing is written.
 */
export async function seePlaces(
  places: readonly Place[],
  roots: ReadonlyMap<string, string>,
): Promise<(host: string | undefined, path: string) => Seen> {
  const seen = new Map<string, Seen>()
  for (const place of places) {
    const root = place.host === undefined ? undefined : roots.get(place.host)
    const known = place.host === undefined || root !== undefined
    seen.set(
      keyOf(place.host, place.path),
      known
        ? await seePlace(root ?? '/', root === undefined ? await ownPath(place.path) : place.path)
        : { kind: 'unusable', why: `host ${place.host ?? ''} was not read from a folder` },
    )
  }
  return (host, file) =>
    seen.get(keyOf(host, file)) ?? { kind: 'unusable', why: `\`${file}\` was not looked at` }
}

/** The user's own file by its absolute path, links followed. */
async function ownPath(file: string): Promise<string> {
  return realpath(file).catch(() => path.resolve(file))
}

/** What stands at a path of a host. */
export async function seePlace(root: string, file: string): Promise<Seen> {
  let located: LocatedFile
  try {
    located = await locateFile(root, file)
  } catch (error) {
    const folders = await missingFolders(root, file)
    if (folders.length > 0) return { kind: 'absent', folders, ...(await ownerOf(root, folders[0] ?? file)) }
    return { kind: 'unusable', why: (error as Error).message }
  }
  const { there, real, disk } = located
  if (there === undefined) return { kind: 'absent', folders: [], ...(await ownerOf(root, file)) }
  const { type, mode, uid, gid } = there
  if (type === 'folder') return { kind: 'folder', mode, uid, gid, real }
  const bytes = await readWhole(disk)
  if (typeof bytes === 'string') return { kind: 'unusable', why: `\`${file}\` ${bytes}` }
  const text = textOf(bytes)
  if (text === undefined) return { kind: 'unusable', why: `\`${file}\` is no UTF-8 text` }
  return { kind: 'file', text, sha256: sha256Of(bytes), mode, uid, gid, real }
}

/** Folders above a path that are not there, outermost first; none where something else than absence is in the way. */
async function missingFolders(root: string, file: string): Promise<string[]> {
  const fs = diskFs(root)
  const missing: string[] = []
  for (let folder = posix.dirname(posix.resolve('/', file)); ; folder = posix.dirname(folder)) {
    const real = await fs.realPath(folder)
    if (real.ok) return missing
    if (real.refusal !== 'missing' || (await fs.lstat(folder)).ok || folder === '/') return []
    missing.unshift(folder)
  }
}

/** Who has the folder of a file that is not there: a daemon of a user reads only what is that user's. */
async function ownerOf(root: string, file: string): Promise<{ readonly owner?: Owner }> {
  const folder = await locateFile(root, posix.dirname(posix.resolve('/', file))).catch(() => undefined)
  const { uid = 0, gid = 0 } = folder?.there ?? {}
  return uid === 0 ? {} : { owner: { uid, gid } }
}

async function readWhole(disk: string): Promise<Buffer | string> {
  try {
    if ((await stat(disk)).size > MOST_BYTES) return 'is larger than any configuration'
    const handle = await open(disk, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return code === 'EACCES'
      ? 'cannot be read: permission denied'
      : `cannot be read (${code ?? String(error)})`
  }
}

/** The text of bytes with a byte order mark kept; undefined where another reader would see other characters. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
