import 'reflect-metadata'
import { Name } from '@peculiar/x509'

/** `CN=kubernetes, O=x` of a name in DER; its bytes where it cannot be read. */
export function nameInWords(der: Uint8Array): string {
  try {
    return new Name(new Uint8Array(der).buffer).toString()
  } catch {
    return `(unreadable name ${Buffer.from(der).subarray(0, 16).toString('hex')})`
  }
}
