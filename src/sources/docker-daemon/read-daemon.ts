import { Readable } from 'node:stream'
import {
  asList,
  asString,
  field,
  RampartError,
  valueAt,
  type JsonValue,
  type KubeObject,
  type Problem,
  type SourceSummary,
  type TextProvider,
} from '../../model/index.js'
import { readObjectStream } from '../objects/index.js'
import type { DaemonDoor } from './ask-daemon.js'

/** What a running Docker daemon told. */
export interface DaemonRead {
  readonly objects: readonly KubeObject[]
  readonly problems: readonly Problem[]
  readonly summary: SourceSummary
  readonly texts: TextProvider
}

/**
 * Reads a daemon as `docker info`, `docker inspect` of every container, `docker network inspect` and, where it manages a
 * swarm, `docker service inspect` would print it. Throws RampartError where the daemon cannot be reached or refuses
 * everything; what it refuses of the rest is a problem.
 */
export async function readDaemon(door: DaemonDoor, onProgress?: (text: string) => void): Promise<DaemonRead> {
  const problems: Problem[] = []
  const info = jsonOf(door, '/info', await door.get('/info'))
  const documents: JsonValue[] = [info]
  const ask = async (path: string): Promise<JsonValue | undefined> => {
    const answer = await door.get(path)
    // It was there when the list was made.
    if (answer.status === 404) return undefined
    if (answer.status === 200) return jsonOf(door, path, answer)
    problems.push({
      code: 'unreadable',
      level: 'error',
      message: `GET ${path}: Docker answered ${answer.status}${reasonIn(answer.body)}`,
      place: { file: door.name },
    })
    return undefined
  }
  const containers = asList(await ask('/containers/json?all=true'))
  for (const [index, container] of containers.entries()) {
    onProgress?.(`asking Docker about container ${index + 1} of ${containers.length}`)
    const id = asString(field(container, 'Id'))
    const found = id === undefined ? undefined : await ask(`/containers/${encodeURIComponent(id)}/json`)
    if (found !== undefined) documents.push(found)
  }
  for (const network of asList(await ask('/networks'))) documents.push(network)
  if (valueAt(info, ['Swarm', 'ControlAvailable']) === true)
    for (const service of asList(await ask('/services'))) documents.push(service)
  const {
    objects,
    problems: unread,
    text,
  } = await readObjectStream(Readable.from(pages(documents)), door.name, 'manifest')
  return {
    objects,
    problems: [...problems, ...unread],
    summary: { kind: 'docker', name: door.name, objects: objects.length, files: 0, complete: false },
    texts: {
      read: (slice) => (slice.file === door.name ? text(slice.offset, slice.length) : undefined),
    },
  }
}

/** Documents one after the other, as the commands print them. */
function* pages(documents: readonly JsonValue[]): Generator<string> {
  for (const document of documents) yield `${JSON.stringify(document, null, 4)}\n`
}

function jsonOf(
  door: DaemonDoor,
  path: string,
  { status, body }: { status: number; body: string },
): JsonValue {
  if (status !== 200)
    throw new RampartError(
      status === 401 || status === 403 ? 'not-allowed' : 'unreachable',
      `Docker at ${door.name} (GET ${path}): it answered ${status}${reasonIn(body)}`,
    )
  try {
    return JSON.parse(body) as JsonValue
  } catch (error) {
    throw new RampartError('unreachable', `Docker at ${door.name} (GET ${path}): its answer is no JSON`, {
      cause: error,
    })
  }
}

/** The daemon's own words; a value of a container is never in them. */
function reasonIn(body: string): string {
  try {
    const message = asString(field(JSON.parse(body), 'message'))
    return message === undefined ? '' : `: ${message.slice(0, 200)}`
  } catch {
    return ''
  }
}
