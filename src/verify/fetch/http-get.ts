import http from 'node:http'
import https from 'node:https'
import { RampartError } from '../../model/index.js'

/** An answer that was read whole. */
export interface HttpAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface HttpLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
}

const MOST_REDIRECTS = 5

/**
 * Asks an address that the user named. A redirect is followed to that host or to one below it (dl.k8s.io sends to
 * cdn.dl.k8s.io), never from TLS to none. Throws RampartError when no answer comes.
 */
export async function httpRequest(url: URL, limits: HttpLimits, body?: string): Promise<HttpAnswer> {
  let here = url
  for (let step = 0; step <= MOST_REDIRECTS; step += 1) {
    const { status, location, ...answer } = await once(here, limits, body)
    if (status < 300 || status >= 400 || location === undefined) return { status, body: answer.body }
    const next = new URL(location, here)
    if (!mayFollow(url, here, next))
      throw new RampartError(
        'unreachable',
        `${here.href} sends on to ${next.host}, which you did not name: name it yourself if it is right`,
      )
    here = next
  }
  throw new RampartError('unreachable', `${url.href} sends on in a circle`)
}

function mayFollow(named: URL, from: URL, to: URL): boolean {
  if (from.protocol === 'https:' && to.protocol !== 'https:') return false
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return false
  return to.host === named.host || to.hostname.endsWith(`.${named.hostname}`)
}

interface OneAnswer extends HttpAnswer {
  readonly location: string | undefined
}

function once(url: URL, { timeoutMs, maxBytes }: HttpLimits, body: string | undefined): Promise<OneAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new RampartError('unreachable', `${url.href} gave no answer: ${why}`))
    const request = (url.protocol === 'http:' ? http : https).request(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: '*/*',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
      signal: AbortSignal.timeout(timeoutMs),
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.name === 'TimeoutError' || error.name === 'AbortError'
          ? `nothing came in ${timeoutMs / 1000} seconds`
          : error.message,
      ),
    )
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes) request.destroy(new Error(`it is larger than ${maxBytes} bytes`))
        else chunks.push(chunk)
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          body: Buffer.concat(chunks),
        }),
      )
      response.on('error', (error) => fail(error.message))
    })
    request.end(body)
  })
}
