import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import {
  asList,
  asObject,
  asString,
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

/** Reads a snapshot line by line. Throws `unreadable-input` for a file that is not one or is cut. */
export async function readSnapshot(file: string): Promise<SnapshotParts> {
  const parts: SnapshotParts = { objects: [], hosts: [], sources: [], problems: [] }
  const input = createReadStream(file)
  const unzipped = input.pipe(createGunzip())
  // Without this, an error of the file itself would never end the reading.
  input.on('error', (error) => unzipped.destroy(error))
  let number = 0
  try {
    for await (const line of createInterface({ input: unzipped, crlfDelay: Infinity })) {
      number += 1
      take(parts, JSON.parse(line) as JsonValue, number, file)
    }
  } catch (error) {
    if (error instanceof RampartError) throw error
    throw new RampartError(
      'unreadable-input',
      `\`${file}\` is a damaged snapshot (after line ${number}): ${(error as Error).message}`,
      { cause: error },
    )
  }
  if (number === 0) throw new RampartError('unreadable-input', `\`${file}\` is an empty snapshot`)
  return parts
}

function take(parts: SnapshotParts, entry: JsonValue, number: number, file: string): void {
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
  if (isObject(entry.object)) {
    if (!isKubeObject(entry.object)) return refuse('an object without group, kind, name or place')
    parts.objects.push(entry.object as unknown as KubeObject)
  } else if (isObject(entry.host)) parts.hosts.push(hostOf(entry.host))
  else if (isObject(entry.source)) parts.sources.push(entry.source as unknown as SourceSummary)
  else if (isObject(entry.problem)) parts.problems.push(entry.problem as unknown as Problem)
  else refuse('an entry of a kind that this version does not know')
}

function isKubeObject(value: JsonValue): boolean {
  const ref = asObject(asObject(value).ref)
  const slice = asObject(asObject(value).slice)
  const strings = [ref.group, ref.version, ref.kind, ref.namespace, ref.name, slice.file]
  return strings.every((part) => typeof part === 'string') && isObject(asObject(value).content)
}

function hostOf(plain: JsonValue): Host {
  const host = asObject(plain)
  const files = asList(host.files).filter((file) => asString(asObject(file).path) !== undefined)
  return {
    ...(host as unknown as Host),
    commands: asList(host.commands) as unknown as Host['commands'],
    problems: asList(host.problems) as unknown as Host['problems'],
    files: new Map(files.map((file) => [asString(asObject(file).path) ?? '', file as unknown as HostFile])),
    users: new Map(asList(host.users) as unknown as [number, string][]),
    groups: new Map(asList(host.groups) as unknown as [number, { name: string; members: string[] }][]),
  }
}
