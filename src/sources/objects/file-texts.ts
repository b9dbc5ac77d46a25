import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { TextProvider } from '../../model/index.js'

/** Gives slices of the given files again, from disk. Files that were not read before are never opened. */
export function fileTexts(files: ReadonlySet<string>): TextProvider {
  return {
    read: ({ file, offset, length }) => (files.has(file) ? readPart(file, offset, length) : undefined),
  }
}

function readPart(file: string, offset: number, length: number): string | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
    if (!fstatSync(descriptor).isFile()) return undefined
    const bytes = Buffer.alloc(length)
    // A file that has become shorter since it was read has no such text any more.
    return readSync(descriptor, bytes, 0, length, offset) === length ? bytes.toString('utf8') : undefined
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
