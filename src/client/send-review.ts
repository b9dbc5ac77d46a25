import http from 'node:http'
import https from 'node:https'
import type { SendResult, SendReview } from '../access/index.js'
import { RampartError } from '../model/index.js'
import { formatGoDuration } from '../text/index.js'
import { createAgent } from './agents.js'
import { collectAnswer, type CollectedAnswer } from './collect-answer.js'
import { webhookHeaders } from './webhook-headers.js'
import type { WebhookConnection } from './webhook-kubeconfig.js'

/** Source: Go net/http/client.go, defaultCheckRedirect. */
const MOST_REDIRECTS = 10
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** With these the question goes along; with the others the new place is only looked at. */
const REPEATED_REDIRECTS = new Set([307, 308])

interface Call {
  readonly url: URL
  /** Missing: the call is a GET. */
  readonly body?: string
}

/**
 * Posts reviews to a webhook, over connections that are kept. `timeout` is what the webhook is told. Rejects with a
 * RampartError where an answer leads to another server: the API server would go there, but nobody named it.
 */
export function createSendReview(connection: WebhookConnection, timeout: number): SendReview {
  const { protocol } = connection.url
  if (protocol !== 'https:' && protocol !== 'http:') {
    const message = `the webhook could not be asked: \`${protocol}\` is no protocol of the web`
    return () => Promise.resolve({ kind: 'failure', message, reset: false })
  }
  const send = exchange(connection)
  const url = reviewUrl(connection.url, timeout)
  return async (body, milliseconds) => {
    const end = Date.now() + milliseconds
    let call: Call = { url, body }
    for (let redirects = 0; ; redirects++) {
      const answer = await send(call, Math.max(1, end - Date.now()))
      if (!('location' in answer) || !REDIRECTS.has(answer.status)) return answer
      if (redirects === MOST_REDIRECTS) return tooManyRedirects()
      call = redirected(call, answer.status, answer.location)
    }
  }
}

/** The path is asked as it stands, the time allowed is told in the query. Source: client-go rest/request.go, URL. */
function reviewUrl(server: URL, timeout: number): URL {
  const url = new URL(server)
  url.search = `timeout=${formatGoDuration(BigInt(Math.round(timeout * 1_000_000)))}`
  url.hash = ''
  return url
}

function tooManyRedirects(): SendResult {
  const message = `the webhook sends its callers on more than ${MOST_REDIRECTS} times`
  return { kind: 'failure', message, reset: false }
}

function redirected({ url, body }: Call, status: number, location: string): Call {
  const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined
  if (target?.origin !== url.origin) {
    throw new RampartError(
      'not-allowed',
      `the webhook at ${url.origin} sends its callers on to ${target?.origin ?? location}; an API server would ask there, but nobody named it: it was not asked`,
    )
  }
  return REPEATED_REDIRECTS.has(status) && body !== undefined ? { url: target, body } : { url: target }
}

/** One request and its answer; a connection that was kept and had been closed meanwhile is replaced once. */
function exchange(connection: WebhookConnection) {
  const secure = connection.url.protocol === 'https:'
  let agents: ReturnType<typeof createAgent> | undefined
  const once = async (
    { url, body }: Call,
    milliseconds: number,
    again: boolean,
  ): Promise<CollectedAnswer> => {
    const agent = await (agents ??= createAgent(secure, connection.proxyUrl))
    return new Promise((resolve) => {
      let request: http.ClientRequest
      try {
        request = (secure ? https : http).request(url, {
          method: body === undefined ? 'GET' : 'POST',
          agent,
          headers: webhookHeaders(connection, body),
          ...(secure ? connection.tls : {}),
        })
      } catch (error) {
        resolve(failure((error as Error).message))
        return
      }
      let late = false
      const deadline = setTimeout(() => {
        late = true
        request.destroy(new Error(`no answer within ${milliseconds} ms`))
      }, milliseconds)
      const settle = (answer: CollectedAnswer): void => {
        clearTimeout(deadline)
        resolve(late ? failure(`no whole answer within ${milliseconds} ms`) : answer)
      }
      request.on('response', (response) => void collectAnswer(response).then(settle))
      request.on('error', (error: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && error.code === 'ECONNRESET' && !late
        if (stale && again)
          resolve(once({ url, ...(body === undefined ? {} : { body }) }, milliseconds, false))
        else settle(failure(error.message, error))
      })
      request.end(body)
    })
  }
  return (call: Call, milliseconds: number) => once(call, milliseconds, true)
}

/** A connection that was reset, not merely closed, comes as a failed call of the system. */
function failure(what: string, error?: NodeJS.ErrnoException): CollectedAnswer {
  const code = error?.code === undefined || what.includes(error.code) ? '' : ` (${error.code})`
  const reset = error?.code === 'ECONNRESET' && error.syscall !== undefined
  return { kind: 'failure', message: `the webhook could not be asked: ${what}${code}`, reset }
}
