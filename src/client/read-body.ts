import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { connectionError, ConnectionError } from './connection-error.js'

/** A list page of 500 large objects is far below; what is above is no answer that anybody means. */
const LARGEST = 256 * 1024 * 1024
/** A body that stands still for this long will not go on. Watches have limits of their own. */
const STILL_FOR = 60_000

export interface BodyLimits {
  readonly largest?: number
  /** Milliseconds between two pieces; 0 is no limit. */
  readonly stillFor?: number
}

/** The bytes of an answer, unpacked. Ends with ConnectionError when the server breaks off or stands still. */
export async function* bodyChunks(
  response: IncomingMessage,
  name: string,
  { stillFor = STILL_FOR }: BodyLimits = {},
): AsyncGenerator<Buffer> {
  const body = unpacked(response)
  let limit: NodeJS.Timeout | undefined
  const wait = (): void => {
    clearTimeout(limit)
    if (stillFor === 0) return
    const message = `${name}: the answer stood still for ${stillFor / 1000} s`
    limit = setTimeout(() => response.destroy(new ConnectionError('ETIMEDOUT', message)), stillFor)
  }
  wait()
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      clearTimeout(limit)
      yield chunk
      wait()
    }
  } catch (error) {
    throw brokenBody(error, name)
  } finally {
    clearTimeout(limit)
    response.destroy()
  }
}

/** The whole text of an answer. */
export async function readBody(
  response: IncomingMessage,
  name: string,
  limits: BodyLimits = {},
): Promise<string> {
  const { largest = LARGEST } = limits
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bodyChunks(response, name, limits)) {
    size += chunk.length
    if (size > largest) {
      throw new ConnectionError('', `${name}: the answer is larger than ${largest / 1024 / 1024} MiB`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function unpacked(response: IncomingMessage): Readable {
  if (response.headers['content-encoding'] !== 'gzip') return response
  const unzipped = response.pipe(createGunzip())
  // Piping passes no errors on.
  response.on('error', (error) => unzipped.destroy(error))
  return unzipped
}

function brokenBody(error: unknown, name: string): Error {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR' || message === 'aborted') {
    return new ConnectionError('ECONNRESET', `${name}: the server ended its answer in the middle`, error)
  }
  return connectionError(error, name)
}
