import { createHash } from 'node:crypto'
import { openBinary, type OpenBinary } from './open-binary.js'

/** Digests of one file in hex. */
export interface Digests {
  readonly sha256: string
  readonly sha512: string
  /** Only where it was asked for: dpkg keeps no better ones. */
  readonly md5?: string
}

/** Hashes a file once, whatever its size; `md5` too where `withMd5` says so. */
export async function hashBinary(file: Pick<OpenBinary, 'stream'>, withMd5 = false): Promise<Digests> {
  const sha256 = createHash('sha256')
  const sha512 = createHash('sha512')
  const md5 = withMd5 ? createHash('md5') : undefined
  for await (const chunk of file.stream()) {
    sha512.update(chunk)
    sha256.update(chunk)
    md5?.update(chunk)
  }
  return {
    sha256: sha256.digest('hex'),
    sha512: sha512.digest('hex'),
    ...(md5 === undefined ? {} : { md5: md5.digest('hex') }),
  }
}

/** SHA-256 and SHA-512 of a regular file, read once. Rejects with the system's error; links are not followed. */
export async function hashFile(path: string): Promise<Digests> {
  const file = await openBinary(path)
  try {
    return await hashBinary(file)
  } finally {
    await file.close()
  }
}
