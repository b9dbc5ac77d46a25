import { wayTo, type Host, type HostFile } from '../model/index.js'

/** What is known of who may replace a file. */
export interface Writability {
  /** The file or folder itself and folders above it that others than root may write. */
  readonly writable: readonly HostFile[]
  /** Places whose mode the source does not hold. */
  readonly unseen: readonly string[]
}

/**
 * Whether others than root may change what stands at a path: the place itself or a folder on the way to it is writable by
 * its group or by everyone, or belongs to a user. A sticky folder protects what is in it, but not itself. Links are judged
 * as what they point at; who may write the folder of a link may point it elsewhere.
 */
export function writableByOthers(host: Host, path: string): Writability {
  const writable: HostFile[] = []
  const unseen: string[] = []
  const { end, folders } = wayTo(host, path)
  for (const place of [end, ...folders]) {
    const { file } = place
    if (file?.mode === undefined || file.uid === undefined) unseen.push(place.path)
    else if (mayWrite(file, place !== end)) writable.push(file)
  }
  return { writable, unseen }
}

function mayWrite(file: HostFile, parent: boolean): boolean {
  const mode = file.mode ?? 0
  if ((file.uid ?? 0) !== 0 && (mode & 0o200) !== 0) return true
  if (parent && (mode & 0o1000) !== 0) return false
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && (file.gid ?? 0) !== 0)
}

/** `0775 1000:1000`. */
export function describeMode(file: HostFile): string {
  return `${(file.mode ?? 0).toString(8).padStart(4, '0')} ${file.uid ?? '?'}:${file.gid ?? '?'}`
}
