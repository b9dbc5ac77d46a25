import { open } from 'node:fs/promises'
import {
  inWords,
  isObject,
  RampartError,
  type Host,
  type HostFile,
  type JsonValue,
  type KubeObject,
  type Problem,
  type SourceSummary,
} from '../../model/index.js'
import { isHostEntry, isObjectEntry, isProblemEntry, isSourceEntry } from './entry-shapes.js'
import { snapshotTextLines } from './snapshot-lines.js'
import { SNAPSHOT_FORMAT } from './write-snapshot.js'

export interface SnapshotParts {
  readonly objects: KubeObject[]
  readonly hosts: Host[]
  readonly sources: SourceSummary[]
  readonly problems: Problem[]
}

/** Whether a file begins with gzip's two bytes; nothing else that Rampart reads does. */
export async function isSnapshot(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (handle === undefined) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

/** Reads a snapshot line by line. Throws `unreadable-input` for a file that is not one or is damaged. */
export async function readSnapshot(file: string): Promise<SnapshotParts> {
  const parts: SnapshotParts = { objects: [], hosts: [], sources: [], problems: [] }
  let number = 0
  try {
    for await (const line of snapshotTextLines(file)) {
      number += 1
      take(parts, parsed(line), number, file)
    }
  } catch (error) {
    if (error instanceof RampartError) throw error
    const message = `\`${file}\` is a damaged snapshot (after line ${number}): ${(error as Error).message}`
    throw new RampartError('unreadable-input', message, { cause: error })
  }
  if (number === 0) throw new RampartError('unreadable-input', `\`${file}\` is an empty snapshot`)
  return parts
}

/** Not JSON is undefined: what Node says of it quotes the text. */
function parsed(line: string): JsonValue | undefined {
  try {
    return JSON.parse(line) as JsonValue
  } catch {
    return undefined
  }
}

function take(parts: SnapshotParts, entry: JsonValue | undefined, number: number, file: string): void {
  const refuse = (message: string): never => {
    throw new RampartError('unreadable-input', `\`${file}\` line ${number}: ${message}`)
  }
  if (!isObject(entry)) return refuse('a snapshot holds one JSON object on each line')
  if (number === 1) {
    if (entry.rampart !== 'snapshot') return refuse('this is not a snapshot of Rampart')
    if (entry.format !== SNAPSHOT_FORMAT)
      return refuse(`layout ${inWords(entry.format)} is not known to this version`)
    return
  }
  // The shapes are checked right here, which the compiler cannot see.
  if (isObjectEntry(entry.object)) parts.objects.push(entry.object as unknown as KubeObject)
  else if (isHostEntry(entry.host)) parts.hosts.push(hostOf(entry.host))
  else if (isSourceEntry(entry.source)) parts.sources.push(entry.source as unknown as SourceSummary)
  else if (isProblemEntry(entry.problem)) parts.problems.push(entry.problem as unknown as Problem)
  else refuse('an entry that this version does not know, or a damaged one')
}

function hostOf(plain: JsonValue | undefined): Host {
  const host = plain as unknown as Host & {
    readonly files: readonly HostFile[]
    readonly users: readonly (readonly [number, string])[]
    readonly groups: readonly (readonly [
      number,
      { readonly name: string; readonly members: readonly string[] },
    ])[]
  }
  return {
    ...host,
    files: new Map(host.files.map((file) => [file.path, file])),
    users: new Map(host.users),
    groups: new Map(host.groups),
  }
}
