import { constants, type Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import type { Problem, ProblemCode } from '../../model/index.js'

/** A file that was not opened, and why. */
export interface Refused {
  readonly problem: Problem
}

/**
 * Opens a regular file for reading. Pipes, sockets and devices are never opened: they may block for ever, or act.
 * Links are followed.
 */
export async function openRegular(file: string): Promise<{ handle: FileHandle } | Refused> {
  try {
    const found = await stat(file)
    if (!found.isFile()) return { problem: problemOf(file, 'not-a-file', describe(found)) }
    // Without blocking, should the file have become a pipe in between.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
    const opened = await handle.stat()
    if (opened.isFile()) return { handle }
    await handle.close()
    return { problem: problemOf(file, 'not-a-file', describe(opened)) }
  } catch (error) {
    return { problem: refusalOf(file, error) }
  }
}

/** The problem behind an error of the file system, in words. */
export function refusalOf(file: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error'
  if (code === 'ELOOP') return problemOf(file, 'loop', 'links that lead back to themselves: not read')
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    ENOTDIR: 'a part of its path is not a folder',
    ENAMETOOLONG: 'its name is too long',
    EISDIR: 'it is a folder',
    EIO: 'the disk could not read it',
  }
  return problemOf(file, 'unreadable', words[code] ?? `it cannot be read (${code})`)
}

function problemOf(file: string, code: ProblemCode, message: string): Problem {
  return { code, message, level: 'error', place: { file } }
}

function describe(found: Stats): string {
  if (found.isDirectory()) return 'it is a folder'
  if (found.isFIFO()) return 'a named pipe: not opened'
  if (found.isSocket()) return 'a socket: not opened'
  return 'a device: not opened'
}
