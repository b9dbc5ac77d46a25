import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Estate, Host, KubeObject } from '../../model/index.js'
import { withoutSecrets } from './without-secrets.js'

/** Number of the file's layout; a reader refuses those that it does not know. */
export const SNAPSHOT_FORMAT = 1

/** Writes an estate without its secrets to one gzipped file, readable by its owner alone; whole or not at all. */
export async function writeSnapshot(estate: Estate, file: string): Promise<void> {
  const temporary = `${file}.partial`
  try {
    await pipeline(
      Readable.from(snapshotLines(estate)),
      createGzip(),
      createWriteStream(temporary, { mode: 0o600 }),
    )
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** The lines of a snapshot: a head, then one JSON object for each source, host, object and problem. */
export function* snapshotLines(estate: Estate): Generator<string> {
  yield line({ rampart: 'snapshot', format: SNAPSHOT_FORMAT })
  for (const source of estate.sources) yield line({ source })
  for (const host of estate.hosts) yield line({ host: plainHost(host) })
  for (const object of estate.objects) yield line({ object: plainObject(object) })
  for (const problem of estate.problems) yield line({ problem })
}

function plainObject(object: KubeObject): object {
  return { ...object, content: withoutSecrets(object.content) }
}

function plainHost(host: Host): object {
  return {
    ...host,
    files: [...host.files.values()],
    users: [...host.users],
    groups: [...host.groups],
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
