import { Agent, request } from 'node:http'
import { lstat, realpath, stat } from 'node:fs/promises'
import { RampartError, systemCode } from '../../model/index.js'

/** Asks a daemon for one path; answers with status and body. */
export interface DaemonDoor {
  /** The socket as the user named it, as an address. */
  readonly name: string
  readonly get: (path: string) => Promise<{ readonly status: number; readonly body: string }>
  readonly close: () => void
}

const LARGEST_ANSWER = 64 * 1024 * 1024
const PATIENCE_MS = 30_000
const SCHEME = 'unix://'

/**
 * Opens a Docker daemon's UNIX socket for reading: nothing but GET is sent, and nothing goes anywhere else. Throws
 * RampartError where there is no socket.
 */
export async function daemonDoor(named: string): Promise<DaemonDoor> {
  const file = named.startsWith(SCHEME) ? named.slice(SCHEME.length) : named
  if (/^[a-z]+:\/\//i.test(file))
    throw new RampartError(
      'usage',
      `--docker-socket: \`${named}\` is no UNIX socket; \`rampart probe docker\` asks a daemon over the network`,
    )
  const socketPath = await socketAt(file)
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const name = `${SCHEME}${file}`
  return {
    name,
    get: (path) => get({ socketPath, path, agent, name }),
    close: () => agent.destroy(),
  }
}

async function socketAt(file: string): Promise<string> {
  try {
    const found = await stat(file)
    if (!found.isSocket())
      throw new RampartError('unreadable-input', `--docker-socket: \`${file}\` is no socket`)
    return await realpath(file)
  } catch (error) {
    if (error instanceof RampartError) throw error
    const isThere = await lstat(file).then(
      () => true,
      () => false,
    )
    const why = isThere ? `it cannot be reached (${systemCode(error)})` : 'it is not there'
    throw new RampartError('unreadable-input', `--docker-socket: \`${file}\`: ${why}`, { cause: error })
  }
}

interface Question {
  readonly socketPath: string
  readonly path: string
  readonly agent: Agent
  readonly name: string
}

function get({ socketPath, path, agent, name }: Question): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(unreachable(name, path, error))
    const asked = request(
      { socketPath, path, agent, method: 'GET', headers: { host: 'docker', accept: 'application/json' } },
      (answer) => {
        const chunks: Buffer[] = []
        let size = 0
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length
          chunks.push(chunk)
          if (size > LARGEST_ANSWER) asked.destroy(new Error('its answer is larger than 64 MiB'))
        })
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        )
        answer.on('error', fail)
      },
    )
    asked.setTimeout(PATIENCE_MS, () =>
      asked.destroy(new Error(`it did not answer in ${PATIENCE_MS / 1000} s`)),
    )
    asked.on('error', fail)
    asked.end()
  })
}

function unreachable(name: string, path: string, error: Error): RampartError {
  const code = systemCode(error)
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? 'you may not use it: be root or in the group of the socket'
      : code === 'ECONNREFUSED'
        ? 'nothing listens there'
        : error.message
  return new RampartError('unreachable', `Docker at ${name} (GET ${path}): ${why}`, { cause: error })
}
