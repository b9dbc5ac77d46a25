/** What a host's file system says of one path, without following a link at its end. */
export interface FsStat {
  readonly type: 'file' | 'directory' | 'symlink' | 'socket' | 'other'
  /** Permission bits, 0o7777. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Seconds since 1970. */
  readonly modified: number
}

/** Why something of a host cannot be read. */
export type FsRefusal = 'missing' | 'denied' | 'loop' | 'too-large' | 'not-text' | 'not-a-file' | 'failed'

/** A value, or why there is none. */
export type FsAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: FsRefusal }

/**
 * The files of one host by their absolute paths there. Links are followed as on that host: an absolute target begins
 * at the host's root, `..` never leaves it. Only regular files are ever opened.
 */
export interface HostFs {
  /** The path without links in it. */
  realPath(path: string): Promise<FsAnswer<string>>
  /** Follows links in the folders of the path, not at its end. */
  lstat(path: string): Promise<FsAnswer<FsStat>>
  /** UTF-8 text of a regular file of at most `limit` bytes; links are followed. Bytes that are no UTF-8: 'not-text'. */
  readText(path: string, limit: number): Promise<FsAnswer<string>>
  /** Names in a folder in the order of their bytes; links are followed. */
  readdir(path: string): Promise<FsAnswer<readonly string[]>>
  /** Where a link points, as written. */
  readlink(path: string): Promise<FsAnswer<string>>
  /** Whether modes, owners and times are the host's own; in a copy they are those of who made it. */
  keepsOwners(): Promise<boolean>
}

/** An answer that holds a value. */
export function found<T>(value: T): FsAnswer<T> {
  return { ok: true, value }
}

/** An answer that holds none. */
export function refused(refusal: FsRefusal): { readonly ok: false; readonly refusal: FsRefusal } {
  return { ok: false, refusal }
}

const WORDS: Readonly<Record<FsRefusal, string>> = {
  missing: 'it does not exist',
  denied: 'permission denied',
  loop: 'its links go in a circle',
  'too-large': 'it is too large',
  'not-text': 'it is not text',
  'not-a-file': 'it is not a regular file',
  failed: 'reading it failed',
}

/** A refusal in words, to stand behind `cannot be read: `. */
export function refusalText(refusal: FsRefusal): string {
  return WORDS[refusal]
}
