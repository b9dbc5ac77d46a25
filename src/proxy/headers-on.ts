import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'

/** Headers of one connection alone. Source: Go 1.26 net/http/httputil, hopHeaders. */
const HOP = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
/** Ways to smuggle another method past whoever looked at the first one. */
const METHOD_OVERRIDES = new Set(['x-http-method-override', 'x-http-method', 'x-method-override'])

/** Every header of a message by its name in lower case, as often as it came, without those of one connection. */
export function endToEnd(message: IncomingMessage): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  const { rawHeaders } = message
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), rawHeaders[at + 1] ?? ''])
  }
  const named = (headers.get('connection') ?? []).flatMap((value) => value.split(','))
  for (const name of [...HOP, ...named.map((each) => each.trim().toLowerCase())]) headers.delete(name)
  return headers
}

export interface RequestHeaderOptions {
  /** What the user's own credentials add; a client that brings its own keeps them. */
  readonly own: OutgoingHttpHeaders
  /** The cookies to send on, in the safe mode. */
  readonly cookies?: (header: string | undefined) => string | undefined
  /** A header that is ours and goes no further. */
  readonly secret?: string
}

/**
 * The headers of a request to the API server. A client's own Authorization, User-Agent and impersonation stand, as with
 * kubectl proxy. Source: client-go v0.36.2 transport/round_trippers.go; Go's httputil.ReverseProxy.
 */
export function requestHeaders(
  request: IncomingMessage,
  { own, cookies, secret }: RequestHeaderOptions,
): OutgoingHttpHeaders {
  const headers = endToEnd(request)
  headers.delete('host')
  headers.delete('expect')
  const address = request.socket.remoteAddress
  if (address !== undefined) {
    const before = headers.get('x-forwarded-for') ?? []
    headers.set('x-forwarded-for', [[...before, address].join(', ')])
  }
  if (cookies !== undefined) {
    const kept = cookies(headers.get('cookie')?.join('; '))
    if (kept === undefined) headers.delete('cookie')
    else headers.set('cookie', [kept])
    for (const name of METHOD_OVERRIDES) headers.delete(name)
  }
  if (secret !== undefined) headers.delete(secret)
  const impersonates = (headers.get('impersonate-user')?.[0] ?? '') !== ''
  for (const [name, value] of Object.entries(own)) {
    const lower = name.toLowerCase()
    if (value === undefined || (headers.get(lower)?.[0] ?? '') !== '') continue
    if (impersonates && lower.startsWith('impersonate-')) continue
    headers.set(lower, Array.isArray(value) ? value.map(String) : [String(value)])
  }
  return plain(headers)
}

/** The headers of an answer; cookies that `drop` names and grants to other sites are left out. */
export function answerHeaders(
  answer: IncomingMessage,
  drop?: (setCookie: string) => boolean,
): OutgoingHttpHeaders {
  const headers = endToEnd(answer)
  if (drop !== undefined) {
    for (const name of headers.keys()) if (name.startsWith('access-control-')) headers.delete(name)
    const cookies = (headers.get('set-cookie') ?? []).filter((each) => !drop(each))
    if (cookies.length === 0) headers.delete('set-cookie')
    else headers.set('set-cookie', cookies)
  }
  return plain(headers)
}

function plain(headers: ReadonlyMap<string, readonly string[]>): OutgoingHttpHeaders {
  const result: OutgoingHttpHeaders = Object.create(null) as OutgoingHttpHeaders
  for (const [name, values] of headers) result[name] = values.length === 1 ? values[0] : [...values]
  return result
}
