import type { Credential } from './credential.js'
import type { Pace } from './pace.js'

/** How far a probe goes with one address. */
export interface Limits {
  /** For one request with everything that belongs to it: name, connection, handshake, answer. */
  readonly timeoutMs: number
  /** Of one answer; what comes after is not read. */
  readonly maxBytes: number
}

/** What every request of a run shares. */
export interface Session {
  readonly limits: Limits
  readonly pace: Pace
  readonly credential: Credential
  /** Milliseconds since 1970: certificates are judged by it. */
  readonly now: number
}
