import type { Endpoint } from './address.js'
import { ask, askText } from './ask.js'
import type { Ledger } from './ledger.js'
import type { Session } from './session.js'

/**
 * Asks the same paths with what the user named: it tells to whom a door is open, and is no finding. A token goes to a
 * server that --ca proves alone; a certificate gives no secret away.
 */
export async function askWithCredential(
  endpoint: Endpoint,
  paths: readonly string[],
  ledger: Ledger,
  session: Session,
): Promise<void> {
  const { identity, token, ca, serverName } = session.credential
  if (identity === undefined && token === undefined) return
  const how = identity === undefined ? 'with the token' : 'with the client certificate'
  for (const path of paths) {
    const asked = await ask(
      endpoint,
      how,
      {
        path,
        headOnly: true,
        tls: {
          ...(identity === undefined ? {} : { identity }),
          ...(ca === undefined ? {} : { ca }),
          ...(serverName === undefined ? {} : { serverName }),
        },
        ...(token === undefined ? {} : { token }),
      },
      session,
    )
    const { answer } = asked
    const status = answer.kind === 'http' ? answer.status : 0
    ledger.note({
      ask: askText(asked),
      answer: asked.shown,
      state: status === 200 ? 'open' : status === 401 || status === 403 ? 'closed' : 'unknown',
      meaning:
        status === 200
          ? 'open to this credential'
          : status === 401
            ? 'this credential is not accepted'
            : status === 403
              ? 'this credential is known and not allowed'
              : 'no answer says what this credential may do',
    })
  }
}
