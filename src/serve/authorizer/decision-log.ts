import {
  createWriteStream,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  type WriteStream,
} from 'node:fs'
import type { Attributes, Decision } from '../../access/index.js'

/** Writes one line of JSON for each decision; never waited for. */
export interface DecisionLog {
  write(attributes: Attributes, decision: Decision, milliseconds: number): void
  close(): Promise<void>
}

export interface DecisionLogOptions {
  readonly file: string
  /** Bytes after which a file is put aside as `FILE.1`, `FILE.2`, and so on. */
  readonly maxBytes: number
  /** How many files are kept aside. */
  readonly keep: number
  readonly onError: (message: string) => void
}

/**
 * Opens a log of decisions: who, what, the answer, the reason and the line of the policy. Extra values are never in it.
 * Throws where the file cannot be written.
 */
export function openDecisionLog({ file, maxBytes, keep, onError }: DecisionLogOptions): DecisionLog {
  /** Files that still write what they were given; those put aside among them. */
  const writing = new Set<Promise<void>>()
  // Opened at once: a file that is renamed before it is open would be made anew under its old name.
  const open = (): WriteStream => {
    const stream = createWriteStream(file, { fd: openSync(file, 'a', 0o600) })
    stream.on('error', (error) => onError(`the decision log cannot be written: ${error.message}`))
    const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()))
    writing.add(closed)
    void closed.then(() => writing.delete(closed))
    return stream
  }
  let stream = open()
  let size = statSync(file).size
  const rotate = (): void => {
    try {
      rmSync(`${file}.${keep}`, { force: true })
      for (let index = keep - 1; index >= 1; index--) {
        if (existsSync(`${file}.${index}`)) renameSync(`${file}.${index}`, `${file}.${index + 1}`)
      }
      renameSync(file, `${file}.1`)
      const full = stream
      stream = open()
      full.end()
    } catch (error) {
      // The file that is open takes the next lines too.
      onError(`the decision log cannot be rotated: ${(error as Error).message}`)
    }
    size = 0
  }
  return {
    write(attributes, decision, milliseconds) {
      const line = `${JSON.stringify(entryOf(attributes, decision, milliseconds))}\n`
      size += Buffer.byteLength(line)
      stream.write(line)
      if (size >= maxBytes) rotate()
    },
    close: async () => {
      stream.end()
      await Promise.all(writing)
    },
  }
}

function entryOf(attributes: Attributes, { verdict, reason, grant }: Decision, milliseconds: number): object {
  const { user, verb } = attributes
  const what =
    attributes.kind === 'nonResource'
      ? { path: attributes.path }
      : {
          namespace: attributes.namespace,
          apiGroup: attributes.group,
          resource: attributes.resource,
          ...(attributes.subresource === '' ? {} : { subresource: attributes.subresource }),
          ...(attributes.name === '' ? {} : { name: attributes.name }),
        }
  return {
    time: new Date().toISOString(),
    user: user.name,
    groups: user.groups,
    verb,
    ...what,
    decision: verdict,
    ...(reason === '' ? {} : { reason }),
    ...(grant === undefined ? {} : { policy: policyOf(grant) }),
    milliseconds: Math.round(milliseconds * 1000) / 1000,
  }
}

function policyOf(grant: NonNullable<Decision['grant']>): string {
  switch (grant.kind) {
    case 'policy':
    case 'abac':
      return `${grant.file}:${grant.line}`
    case 'rbac':
      return `${grant.binding.slice.file}:${grant.binding.slice.line} ${grant.binding.ref.kind} ${grant.binding.ref.name}`
    default:
      return grant.kind
  }
}
