import type { FilePlace } from '../../model/index.js'
import { readPolicyLine, type AbacPolicy } from './policy-line.js'

/** A policy file, or every reason why the API server would not start with it. */
export interface AbacPolicyFile {
  readonly name: string
  readonly policies: readonly AbacPolicy[]
  readonly errors: readonly { readonly message: string; readonly place: FilePlace }[]
}

/** Longest line that Go's scanner reads, in bytes with its end. Source: Go bufio/scan.go, MaxScanTokenSize. */
const LONGEST = 64 * 1024

/**
 * Reads a policy file: one object a line; blank lines and lines that begin with `#` are passed over. One error is
 * enough for the API server to refuse the file; all of them are told.
 */
export function readPolicyFile(text: string, file: string): AbacPolicyFile {
  const policies: AbacPolicy[] = []
  const errors: { message: string; place: FilePlace }[] = []
  const lines = text.split('\n')
  lines.forEach((raw, index) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    const place = { file, line: index + 1 }
    const withEnd = index < lines.length - 1 ? `${raw}\n` : raw
    if (withEnd.length > LONGEST / 4 && Buffer.byteLength(withEnd) > LONGEST) {
      errors.push({ message: `the line is longer than ${LONGEST} bytes`, place })
      return
    }
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) return
    const read = readPolicyLine(line, index + 1)
    if ('error' in read) errors.push({ message: read.error, place })
    else policies.push(read)
  })
  return { name: file, policies, errors }
}
