import { found, refused, type FsAnswer } from './host-fs.js'

/** Decodes a file's bytes as UTF-8; NUL bytes are kept (/proc), other bytes that are no UTF-8 are refused. */
export function textOfBytes(bytes: Uint8Array): FsAnswer<string> {
  try {
    return found(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return refused('not-text')
  }
}

/** Order of names by their bytes, as file systems of tests and disks must agree on one. */
export function inByteOrder(names: Iterable<string>): string[] {
  return [...names].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
}
