import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import type { SendResult } from '../access/index.js'

/** An answer; with the place that it sends its callers to. */
export type CollectedAnswer =
  SendResult | (Extract<SendResult, { kind: 'answer' }> & { readonly location: string })

/** An answer beyond this is none that anybody means. */
const LARGEST = 3 * 1024 * 1024

/** Reads an answer to its end, unpacked where it is packed. */
export function collectAnswer(response: IncomingMessage): Promise<CollectedAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const fail = (message: string, reset = false): void => resolve({ kind: 'failure', message, reset })
    const broken = (error: NodeJS.ErrnoException): void =>
      fail(`the webhook's answer ended too early: ${error.message}`, isReset(error))
    const packed = response.headers['content-encoding'] === 'gzip'
    const body = packed ? response.pipe(createGunzip()) : response
    response.on('error', broken)
    // A reset in the middle of an answer is told to the socket alone.
    const { socket } = response
    socket.once('error', broken)
    if (packed)
      body.on('error', (error: Error) => fail(`the webhook's answer cannot be unpacked: ${error.message}`))
    body.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LARGEST) chunks.push(chunk)
      else response.destroy(new Error(`it is larger than ${LARGEST} bytes`))
    })
    response.once('close', () => socket.off('error', broken))
    body.on('end', () => {
      const { headers, statusCode: status = 0 } = response
      const answer = {
        kind: 'answer',
        status,
        contentType: headers['content-type'],
        retryAfter: headers['retry-after'],
        body: Buffer.concat(chunks).toString('utf8'),
      } as const
      resolve(headers.location === undefined ? answer : { ...answer, location: headers.location })
    })
  })
}

function isReset({ code, syscall }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' && syscall !== undefined
}
