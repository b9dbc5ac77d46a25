import { formatEndpoint, type Endpoint } from './address.js'
import { ask, type Asked } from './ask.js'
import type { Failure } from './failure.js'
import { inspectTls } from './inspect-tls.js'
import { judgeTls } from './judge-tls.js'
import type { Ledger } from './ledger.js'
import type { Session } from './session.js'

/** How an address can be talked to. */
export type Opened =
  | { readonly kind: 'https' }
  | { readonly kind: 'http'; readonly asked: Asked }
  | { readonly kind: 'failed'; readonly failure: Failure }

/**
 * Finds out whether an address speaks TLS, plain HTTP, or nothing that is known. TLS is looked at first and judged;
 * `path` is what a plain HTTP server is asked.
 */
export async function openEndpoint(
  endpoint: Endpoint,
  path: string,
  ledger: Ledger,
  session: Session,
): Promise<Opened> {
  const spoken = await inspectTls(endpoint, session)
  if (spoken.kind === 'tls') {
    await judgeTls(endpoint, spoken.tls, spoken.certificates, ledger, session)
    return { kind: 'https' }
  }
  // A server of plain HTTP may answer, be silent or, as etcd does, hang up when it is greeted in TLS.
  if (spoken.kind === 'failed' && spoken.failure.kind !== 'closed') {
    note(endpoint, spoken.failure, ledger)
    return spoken
  }
  const asked = await ask(endpoint, 'over plain HTTP', { path, headOnly: true }, session)
  if (asked.answer.kind === 'http') return { kind: 'http', asked }
  const failure = spoken.kind === 'failed' ? spoken.failure : asked.answer
  note(endpoint, failure, ledger)
  return { kind: 'failed', failure }
}

function note(endpoint: Endpoint, failure: Failure, ledger: Ledger): void {
  const closed = failure.kind === 'nothing-listens'
  ledger.note({
    ask: `connect to ${formatEndpoint(endpoint)}`,
    answer: failure.detail,
    state: closed ? 'closed' : 'unknown',
    meaning: closed ? 'nothing listens here' : 'whether this is open is not known',
  })
}
