import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import type { SeenFile } from '../../docker/index.js'
import { systemCode } from '../../model/index.js'
import { certificateFacts, isEncryptedKey, privateKeyFingerprints } from '../../pki/index.js'

const MOST_BYTES = 1024 * 1024

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links go in a circle',
  EISDIR: 'it is a folder',
}

/** What Docker's client finds at a path. */
export function clientFile(path: string): SeenFile {
  let handle: number
  try {
    // A pipe must not hold the reader up.
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' }
    return { kind: 'unreadable', reason: REASONS[code] ?? code }
  }
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) return { kind: 'unreadable', reason: 'it is no regular file' }
    if (stat.size > MOST_BYTES) return { kind: 'unreadable', reason: `it is larger than ${MOST_BYTES} bytes` }
    const text = readFileSync(handle, 'utf8')
    const isKey = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/.test(text)
    return {
      kind: 'file',
      mode: stat.mode & 0o7777,
      ...(isKey ? {} : { text }),
      certificates: certificateFacts(text).map(({ subject, notBefore, notAfter, publicKey, uses }) => ({
        subject,
        notBefore,
        notAfter,
        ...(publicKey === undefined ? {} : { publicKey }),
        ...(uses === undefined ? {} : { uses }),
      })),
      publicKeys: privateKeyFingerprints(text),
      encryptedKey: isEncryptedKey(text),
    }
  } catch (error) {
    return { kind: 'unreadable', reason: REASONS[systemCode(error)] ?? systemCode(error) }
  } finally {
    closeSync(handle)
  }
}
