import type { Host, HostFile } from '../model/index.js'

/** What is known of who may replace a file. */
export interface Writability {
  /** The file or folder itself and parents that others than root may write. */
  readonly writable: readonly HostFile[]
  /** Places whose mode the source does not hold. */
  readonly unseen: readonly string[]
}

/**
 * Whether others than root may change what stands at a path: the place itself or a parent folder is writable by its
 * group or by everyone, or belongs to a user. A sticky folder protects what is in it, but not itself.
 */
export function writableByOthers(host: Host, path: string): Writability {
  const writable: HostFile[] = []
  const unseen: string[] = []
  for (const place of withParents(path)) {
    const file = host.files.get(place)
    if (file?.mode === undefined || file.uid === undefined) unseen.push(place)
    else if (mayWrite(file, place !== path)) writable.push(file)
  }
  return { writable, unseen }
}

function mayWrite(file: HostFile, parent: boolean): boolean {
  const mode = file.mode ?? 0
  if ((file.uid ?? 0) !== 0 && (mode & 0o200) !== 0) return true
  if (parent && (mode & 0o1000) !== 0) return false
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && (file.gid ?? 0) !== 0)
}

/** The path and its parents, `/` last. */
function withParents(path: string): string[] {
  const places: string[] = []
  for (let here = path.replace(/\/+$/, ''); here !== ''; here = here.slice(0, here.lastIndexOf('/')))
    places.push(here)
  return [...places, '/']
}

/** `rwxr-xr-x root` as numbers: `0775 1000:1000`. */
export function describeMode(file: HostFile): string {
  return `${(file.mode ?? 0).toString(8).padStart(4, '0')} ${file.uid ?? '?'}:${file.gid ?? '?'}`
}
