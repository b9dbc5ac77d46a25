import type { Evidence } from '../model/index.js'
import { formatEndpoint, type Endpoint } from './address.js'
import { get, type Answer, type GetAsk } from './http-get.js'
import type { Session } from './session.js'

/** A request that was made, in words, with what came back. */
export interface Asked {
  readonly url: string
  /** `without a credential`, `with a certificate of another authority, TLS 1.2` */
  readonly how: string
  readonly answer: Answer
  /** The status line, or what happened instead. */
  readonly shown: string
}

/** Asks, and puts into words what was asked and answered. */
export async function ask(
  endpoint: Endpoint,
  how: string,
  request: GetAsk,
  session: Session,
): Promise<Asked> {
  const scheme = request.tls === undefined ? 'http' : 'https'
  const url = `${scheme}://${formatEndpoint(endpoint)}${request.path}`
  const answer = await get(endpoint, request, session)
  return { url, how, answer, shown: answer.kind === 'http' ? answer.statusLine : answer.detail }
}

/** `GET https://10.0.0.5:10250/pods without a credential` */
export function askText({ url, how }: Asked): string {
  return `GET ${url} ${how}`
}

/** The evidence that an answer is. */
export function evidenceOf(asked: Asked): Evidence {
  return { key: asked.url, message: `GET ${asked.how}: \`${asked.shown}\`` }
}

/**
 * What servers say to a client that speaks HTTP on their TLS port. It is a refusal, though it has a status line.
 * Sources: go1.12 and newer, net/http/server.go, (*conn).serve; nginx, src/http/ngx_http_special_response.c (error 497).
 */
export function wantsTls(answer: Answer): boolean {
  return answer.kind === 'http' && answer.status === 400 && WANTS_TLS.test(answer.body)
}

const WANTS_TLS = /HTTP request (?:to an HTTPS server|was sent to HTTPS port)/
