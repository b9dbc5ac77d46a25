import { RampartError } from '../model/index.js'

/** A server that gave no answer, or not a whole one. `errno` is the code of the system or of TLS, where there is one. */
export class ConnectionError extends RampartError {
  constructor(
    readonly errno: string,
    message: string,
    cause?: unknown,
  ) {
    super('unreachable', message, { cause })
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the server ended the connection before its answer was whole',
  EPIPE: 'the server ended the connection before it had read the question',
  ENOTFOUND: 'its name is not known (DNS)',
  EAI_AGAIN: 'its name could not be looked up (DNS)',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to its network',
  ETIMEDOUT: 'it does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet (or the clock here is wrong)',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed, and not the authority that was given',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that was not given',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that was not given',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority that was not given',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that was not given',
  CERT_SIGNATURE_FAILURE: 'its certificate is not signed by the authority that was given',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP',
}

/** An error of the network in words; `where` is the server's address. */
export function connectionError(error: unknown, where: string): RampartError {
  if (error instanceof RampartError) return error
  const { code = '', message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) }
  const errno =
    code === 'EPROTO' && /wrong version number/i.test(message) ? 'ERR_SSL_WRONG_VERSION_NUMBER' : code
  const tail = errno === 'ERR_TLS_CERT_ALTNAME_INVALID' ? `: ${message.replace(/^.*?altnames: /, '')}` : ''
  const alert = /alert (?:number )?\d*:?\s*([a-z ]+)|tlsv1[\d]* alert ([a-z ]+)/i.exec(message)
  const words =
    WORDS[errno] ??
    (alert === null ? message.split('\n')[0] : 'it refused the client certificate, or wants one')
  return new ConnectionError(errno, `${where}: ${words}${tail}`, error)
}

/** Whether a question that changes nothing may be asked again: the connection broke, which says nothing of the server. */
export function brokeOff(error: unknown): boolean {
  return error instanceof ConnectionError && (error.errno === 'ECONNRESET' || error.errno === 'EPIPE')
}
