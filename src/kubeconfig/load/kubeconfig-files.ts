/**
 * The files that loading asks for. Missing and unreadable ones throw the error that Node's own readers throw: its `code`
 * is what decides.
 */
export interface KubeconfigFiles {
  readonly read: (file: string) => Buffer
  /** Whether something of that name exists; throws for other troubles than that nothing is there. */
  readonly isFile: (file: string) => boolean
  /** The working folder: relative names on the command line and in KUBECONFIG count from it. */
  readonly cwd: string
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  EMFILE: 'too many open files',
}

/** The code of a file error, or '' for any other error. */
export function fileErrorCode(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? '') : ''
}

/** A file error in Go's words: `open /a: no such file or directory`. A folder can be opened, but not be read. */
export function goFileError(operation: 'open' | 'stat', file: string, error: unknown): string {
  const code = fileErrorCode(error)
  const does = code === 'EISDIR' ? 'read' : operation
  return `${does} ${file}: ${REASONS[code] ?? (error instanceof Error ? error.message : 'it failed')}`
}
