import type { Host, HostFile } from '../model/index.js'

/**
 * Whether others than root may read a file: its mode lets its group, everyone or an owner who is not root, and every
 * folder above lets them pass. Undefined where modes were not kept.
 */
export function readableByOthers(host: Host, path: string): boolean | undefined {
  const file = host.files.get(path)
  if (file?.mode === undefined) return undefined
  const classes = readers(file)
  if (classes.length === 0) return false
  const folders = parentsOf(path).map((folder) => host.files.get(folder))
  if (folders.some((folder) => folder?.mode === undefined)) return undefined
  return classes.some(({ uid, gid }) =>
    folders.every((folder) => folder !== undefined && mayPass(folder, uid, gid)),
  )
}

interface Reader {
  /** Undefined: anybody. */
  readonly uid?: number
  readonly gid?: number
}

function readers({ mode = 0, uid = 0, gid = 0 }: HostFile): Reader[] {
  return [
    ...(uid !== 0 && (mode & 0o400) !== 0 ? [{ uid }] : []),
    ...(gid !== 0 && (mode & 0o040) !== 0 ? [{ gid }] : []),
    ...((mode & 0o004) !== 0 ? [{}] : []),
  ]
}

/** Whether such a reader may go through a folder; a reader of whom nothing is known goes where everyone may. */
function mayPass(folder: HostFile, uid?: number, gid?: number): boolean {
  const mode = folder.mode ?? 0
  if ((mode & 0o001) !== 0) return true
  if (uid !== undefined && uid === folder.uid && (mode & 0o100) !== 0) return true
  return gid !== undefined && gid === folder.gid && (mode & 0o010) !== 0
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(1, -1)
  return ['/', ...parts.map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`)]
}
