import { isIP } from 'node:net'
import { checkServerIdentity, connect } from 'node:tls'
import type { Endpoint } from './address.js'
import type { ClientIdentity } from './credential.js'
import type { Session } from './session.js'

/** Whether a client that trusts the user's authorities alone takes this server for the one that it asked for. */
export type ServerTrust =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'untrusted'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string }

/** Connects as a client that verifies, sends nothing, and says what it made of the server. */
export async function verifyServer(
  endpoint: Endpoint,
  ca: string,
  session: Session,
  identity?: ClientIdentity,
): Promise<ServerTrust> {
  await session.pace()
  const name = session.credential.serverName ?? endpoint.host
  return new Promise((resolve) => {
    const finish = (trust: ServerTrust): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(trust)
    }
    const timer = setTimeout(
      () => finish({ kind: 'unknown', detail: `no handshake within ${session.limits.timeoutMs} ms` }),
      session.limits.timeoutMs,
    )
    const socket = connect(
      {
        ...endpoint,
        ca,
        rejectUnauthorized: false,
        checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
        ...(isIP(name) === 0 ? { servername: name } : {}),
        ...(identity === undefined ? {} : { cert: identity.cert, key: identity.key }),
      },
      () => {
        // The types say Error; what stands there is OpenSSL's code, or the error of the names.
        const detail = String(socket.authorizationError)
        finish(socket.authorized ? { kind: 'trusted' } : { kind: 'untrusted', detail })
      },
    )
    socket.on('error', (error: Error) => finish({ kind: 'unknown', detail: error.message }))
    socket.on('close', () => finish({ kind: 'unknown', detail: 'the connection was closed' }))
  })
}
