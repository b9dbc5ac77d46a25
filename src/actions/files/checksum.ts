import { createHash } from 'node:crypto'

/** SHA-256 of bytes or UTF-8 text, in hexadecimal. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
