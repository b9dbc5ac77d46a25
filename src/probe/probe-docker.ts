import { addressScope } from '../docker/index.js'
import type { ProbeReport, ProbedTls, ProbeState } from '../model/index.js'
import type { Endpoint } from './address.js'
import { ask, askText, evidenceOf, wantsTls, type Asked } from './ask.js'
import type { ClientIdentity } from './credential.js'
import { inspectTls } from './inspect-tls.js'
import { judgeTls } from './judge-tls.js'
import type { Failing, Ledger } from './ledger.js'
import type { QuestionId } from './questions.js'
import type { Session } from './session.js'
import { isDocker } from './signs.js'
import { strangerIdentity } from './stranger-identity.js'

/** Plain, and TLS. */
export const DOCKER_PORTS = [2375, 2376] as const

const PLAIN = 'probe-docker-plain-http'

/** How each probe asks, in the words of a report. */
export const DOCKER_ASKS = {
  plain: 'over plain HTTP',
  none: 'without a certificate',
  foreign: 'with a certificate of another authority',
  usage: 'with a certificate that is not for clients',
  own: 'with the client certificate',
} as const
const PATH = '/_ping'
const VERSIONS = { 'TLS 1.2': 'TLSv1.2', 'TLS 1.3': 'TLSv1.3' } as const

/**
 * The probes of a Docker port: plain HTTP; over TLS no certificate, one of another authority, one that is not for
 * clients, the user's own. A status line means "accepted", an alert or a closed connection "refused", anything else is
 * unknown: in TLS 1.3 the handshake has ended for the client before the server judges its certificate.
 */
export async function probeDocker(
  endpoint: Endpoint,
  ledger: Ledger,
  session: Session,
): Promise<ProbeReport> {
  const plain = await ask(endpoint, DOCKER_ASKS.plain, { path: PATH }, session)
  if (plain.answer.kind === 'nothing-listens') {
    ledger.note({ ...lineOf(plain), state: 'closed', meaning: 'nothing listens here' })
    ledger.notApplicable(PLAIN, 'nothing listens here')
    return ledger.report('closed', 'nothing listens here')
  }
  const accepted = plain.answer.kind === 'http' && !wantsTls(plain.answer)
  if (accepted && !isDocker(plain.answer)) {
    ledger.note({ ...lineOf(plain), state: 'unknown', meaning: 'accepted, but by which server is not known' })
    ledger.unknown(PLAIN, NO_SIGN)
    return ledger.report('unknown', 'not known: what answers may be no Docker')
  }
  if (accepted) {
    ledger.note({ ...lineOf(plain), state: 'open', meaning: 'accepted: anyone' })
    ledger.fail(PLAIN, { message: ANYONE, evidence: [evidenceOf(plain)], ...loopback(endpoint) })
    return ledger.report('open', ANYONE)
  }
  const spoken = plain.answer.kind === 'unreachable' ? undefined : await inspectTls(endpoint, session)
  if (spoken?.kind !== 'tls') {
    ledger.note({ ...lineOf(plain), state: 'unknown', meaning: 'no answer says whether it is open' })
    ledger.unknown(PLAIN, `neither plain HTTP nor TLS was answered: ${plain.shown}`)
    return ledger.report('unknown', `not known: ${plain.shown}`)
  }
  ledger.note({ ...lineOf(plain), state: 'closed', meaning: 'refused: TLS is asked for' })
  ledger.pass(PLAIN)
  await judgeTls(endpoint, spoken.tls, spoken.certificates, ledger, session)
  return judgeTlsDoor(endpoint, spoken.tls, ledger, session)
}

const NO_SIGN = 'an HTTP server answers, but nothing in the answer shows that it is Docker'
const ANYONE = 'anyone who reaches this port is root on this host'

type Outcome = 'accepted' | 'refused' | 'unknown' | 'not-asked'

async function judgeTlsDoor(
  endpoint: Endpoint,
  tls: ProbedTls,
  ledger: Ledger,
  session: Session,
): Promise<ProbeReport> {
  const knock = async (who: string, identity: ClientIdentity | undefined, expected: Outcome) =>
    knockAtEachVersion({ endpoint, tls, ledger, session }, who, identity, expected)
  const { identity, wrongUsage } = session.credential
  const none = await knock(DOCKER_ASKS.none, undefined, 'refused')
  const foreign = await knock(DOCKER_ASKS.foreign, await strangerIdentity(), 'refused')
  const usage =
    wrongUsage === undefined
      ? notAsked(DOCKER_ASKS.usage, '--wrong-usage-cert', ledger)
      : await knock(DOCKER_ASKS.usage, wrongUsage, 'refused')
  const own =
    identity === undefined
      ? notAsked(DOCKER_ASKS.own, '--client-cert', ledger)
      : await knock(DOCKER_ASKS.own, identity, 'accepted')
  const door = { endpoint, ledger }
  mustRefuse(door, 'probe-docker-client-certificate', none, ANYONE)
  // One fault is one finding: where nobody is asked for a certificate, any is as good as none.
  const beside = (probed: Knocked, wider: Knocked): Knocked =>
    wider.outcome === 'accepted' ? { outcome: 'not-asked', asked: [] } : probed
  mustRefuse(
    door,
    'probe-docker-foreign-certificate',
    beside(foreign, none),
    `a certificate of any authority opens it: ${ANYONE}`,
  )
  mustRefuse(
    door,
    'probe-docker-certificate-usage',
    beside(beside(usage, foreign), none),
    'a certificate that is not for clients opens it',
  )
  judgeOwn(own, ledger)
  return verdictOf({ none, foreign, usage, own }, ledger)
}

interface Knocked {
  readonly outcome: Outcome
  readonly asked: readonly Asked[]
}

/** One probe over each version of TLS that the server offers; what one of them lets in is let in. */
async function knockAtEachVersion(
  {
    endpoint,
    tls,
    ledger,
    session,
  }: { endpoint: Endpoint; tls: ProbedTls; ledger: Ledger; session: Session },
  who: string,
  identity: ClientIdentity | undefined,
  expected: Outcome,
): Promise<Knocked> {
  const asked: Asked[] = []
  const outcomes: Outcome[] = []
  for (const [name, version] of Object.entries(VERSIONS)) {
    if (tls.versions.find((each) => each.version === name)?.offered !== true) continue
    const one = await ask(
      endpoint,
      `${who}, ${name}`,
      { path: PATH, tls: { version, ...(identity === undefined ? {} : { identity }) } },
      session,
    )
    const outcome = outcomeOf(one)
    asked.push(one)
    outcomes.push(outcome)
    const state: ProbeState = outcome === 'accepted' ? 'open' : outcome === 'refused' ? 'closed' : 'unknown'
    const wanted =
      outcome === expected ? 'as it should be' : outcome === 'unknown' ? 'not known' : 'not as it should be'
    ledger.note({
      ...lineOf(one),
      state,
      meaning: outcome === 'unknown' ? 'not known' : `${outcome}: ${wanted}`,
    })
  }
  const outcome = outcomes.includes('accepted')
    ? 'accepted'
    : outcomes.length > 0 && outcomes.every((each) => each === 'refused')
      ? 'refused'
      : 'unknown'
  return { outcome, asked }
}

function outcomeOf({ answer }: Asked): Outcome {
  if (answer.kind === 'http') return 'accepted'
  return answer.kind === 'tls-refused' ? 'refused' : 'unknown'
}

function notAsked(who: string, option: string, ledger: Ledger): Knocked {
  ledger.note({
    ask: `GET ${PATH} ${who}`,
    answer: 'not asked',
    state: 'not-asked',
    meaning: `name such a certificate with ${option} to ask`,
  })
  return { outcome: 'not-asked', asked: [] }
}

function mustRefuse(
  { endpoint, ledger }: { endpoint: Endpoint; ledger: Ledger },
  id: QuestionId,
  { outcome, asked }: Knocked,
  message: string,
): void {
  if (outcome === 'refused') ledger.pass(id)
  else if (outcome === 'not-asked')
    ledger.notApplicable(id, 'no such certificate was named (--wrong-usage-cert), or none is needed')
  else if (outcome === 'unknown') ledger.unknown(id, unknownDetail(asked))
  else if (!asked.some(({ answer }) => isDocker(answer))) ledger.unknown(id, NO_SIGN)
  else {
    const evidence = asked.filter((one) => outcomeOf(one) === 'accepted').map(evidenceOf)
    ledger.fail(id, { message, evidence, ...loopback(endpoint) })
  }
}

function judgeOwn({ outcome, asked }: Knocked, ledger: Ledger): void {
  const id = 'probe-docker-own-certificate'
  if (outcome === 'accepted') ledger.pass(id)
  else if (outcome === 'not-asked')
    ledger.notApplicable(id, 'not asked: no client certificate was named (--client-cert)')
  else if (outcome === 'unknown') ledger.unknown(id, unknownDetail(asked))
  else
    ledger.fail(id, {
      message: 'the client certificate that you named is refused',
      evidence: asked.map(evidenceOf),
    })
}

function unknownDetail(asked: readonly Asked[]): string {
  return asked.length === 0
    ? 'neither TLS 1.2 nor TLS 1.3 is offered'
    : `neither accepted nor refused: ${[...new Set(asked.map(({ shown }) => shown))].join('; ')}`
}

function verdictOf(
  { none, foreign, usage, own }: Record<'none' | 'foreign' | 'usage' | 'own', Knocked>,
  ledger: Ledger,
): ProbeReport {
  const open = [none, foreign].find(({ outcome }) => outcome === 'accepted')
  if (open !== undefined) {
    return open.asked.some(({ answer }) => isDocker(answer))
      ? ledger.report('open', ANYONE)
      : ledger.report('unknown', 'not known: what answers may be no Docker')
  }
  if (none.outcome === 'unknown' || foreign.outcome === 'unknown') {
    return ledger.report('unknown', 'not known whether a client certificate is needed')
  }
  if (usage.outcome === 'accepted') {
    return ledger.report('limited', 'every certificate of its authority opens it, those of servers too')
  }
  const works =
    own.outcome === 'accepted' ? '; yours opens it' : own.outcome === 'refused' ? '; yours does not' : ''
  return ledger.report('closed', `only a client certificate of its authority opens it${works}`)
}

function lineOf(asked: Asked): { ask: string; answer: string } {
  return { ask: askText(asked), answer: asked.shown }
}

/** As for the daemon's own settings: a loopback address is left to users of the host and containers on its network. */
function loopback({ host }: Endpoint): Partial<Failing> {
  if (addressScope(host) !== 'loopback') return {}
  return {
    severity: 'high',
    reach: 'pod',
    because:
      'it was asked on a loopback address: every user of this host and every container on its network is root at least',
  }
}
