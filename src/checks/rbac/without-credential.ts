import type { Judgement } from './wide-grant.js'

/** How a grant to callers without a credential is judged. */
export const WITHOUT_CREDENTIAL: Judgement = {
  everything: { severity: 'critical', because: 'the whole cluster is open to callers without a credential' },
  write: { severity: 'critical', because: 'objects can be changed without a credential' },
  secrets: { severity: 'critical', because: 'Secrets can be read without a credential' },
  read: { severity: 'high', because: 'objects can be read without a credential' },
  discovery: { severity: 'info', because: 'it tells no more than how to talk to the API server' },
}

/** How a grant to everybody with a credential is judged. */
export const WITH_ANY_CREDENTIAL: Judgement = {
  everything: { severity: 'high', because: 'any stolen or low-ranking credential gives the whole cluster' },
  write: { severity: 'high', because: 'any stolen or low-ranking credential may change objects' },
  secrets: { severity: 'high', because: 'any stolen or low-ranking credential may read Secrets' },
  read: { severity: 'high', because: 'more than the default can be read with any credential' },
  discovery: { severity: 'info', because: 'it tells no more than how to talk to the API server' },
}
