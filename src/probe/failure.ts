/**
 * Why no HTTP answer came.
 * - nothing-listens: the host refused the connection
 * - unreachable: no way to the host, or no such name
 * - timeout: nothing within the time limit
 * - tls-refused: the server ended a TLS connection by an alert or by closing it
 * - not-tls: what answered does not speak TLS
 * - untrusted: the server's certificate is not what the user's authorities vouch for
 * - closed: the connection was closed without a word
 * - not-http: an answer that is no HTTP/1
 * - local: this side could not do it (a key that does not fit, a version that is not built in)
 */
export type FailureKind =
  | 'nothing-listens'
  | 'unreachable'
  | 'timeout'
  | 'tls-refused'
  | 'not-tls'
  | 'untrusted'
  | 'closed'
  | 'not-http'
  | 'local'

export interface Failure {
  readonly kind: FailureKind
  /** In words, without a full stop. */
  readonly detail: string
}

const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENODATA',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'ETIMEDOUT',
])

/** What OpenSSL says of a peer that speaks something else. */
const NOT_TLS =
  /wrong version number|http request|packet length too long|record layer failure|bad record type/i

/** What OpenSSL says when a certificate is not trusted, and what Node adds for names. */
const UNTRUSTED =
  /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|CRL_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME)/

/** Judges an error of a socket. `heard` is whether the peer had begun to speak TLS, `tls` whether it was asked to. */
export function failureOf(error: Error, heard: boolean, tls: boolean): Failure {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const text = error.message
  if (code === 'ECONNREFUSED') return { kind: 'nothing-listens', detail: 'connection refused' }
  if (code === 'ENOTFOUND' || code === 'ENODATA')
    return { kind: 'unreachable', detail: 'no such name: it has no address' }
  if (UNREACHABLE.has(code)) return { kind: 'unreachable', detail: reasonIn(text) }
  if (UNTRUSTED.test(code)) return { kind: 'untrusted', detail: reasonIn(text) }
  const alert = /alert ([a-z0-9 ]+?)(?::|$)/i.exec(text)?.[1]
  if (alert !== undefined) return { kind: 'tls-refused', detail: `TLS alert \`${alert.trim()}\`` }
  if (NOT_TLS.test(text)) return { kind: 'not-tls', detail: 'the answer is no TLS' }
  if (code === 'ECONNRESET' || code === 'EPIPE') return closedFailure(heard, tls)
  return { kind: 'local', detail: reasonIn(text) }
}

/** A connection that ended without an answer: a refusal only when TLS was being spoken. */
export function closedFailure(heard: boolean, tls: boolean): Failure {
  return tls && heard
    ? { kind: 'tls-refused', detail: 'the server closed the TLS connection without an answer' }
    : { kind: 'closed', detail: 'the connection was closed without a word' }
}

/** The sentence of an OpenSSL error (`...:error:0A000410:SSL routines::sslv3 alert...:`), or the text as it is. */
function reasonIn(text: string): string {
  return /SSL routines:[^:]*:([^:]+)/.exec(text)?.[1] ?? text.replace(/\s+/g, ' ').trim()
}
