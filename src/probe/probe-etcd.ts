import { addressScope } from '../docker/index.js'
import type { ProbeReport } from '../model/index.js'
import type { Endpoint } from './address.js'
import { ask, askText, evidenceOf, wantsTls, type Asked } from './ask.js'
import type { Ledger } from './ledger.js'
import { openEndpoint } from './open-endpoint.js'
import { isEtcd } from './signs.js'
import type { Session } from './session.js'
import { askWithCredential } from './with-credential.js'

/** The port of clients, and the one of metrics beside it. */
export const ETCD_PORTS = [2379, 2381] as const

const CLIENT = 'probe-etcd-client-certificate'
const PLAIN = 'probe-etcd-plain-http'
const METRICS = 'probe-etcd-metrics'
/** None of them reads a key. */
const PATHS = ['/version', '/health', '/metrics'] as const

/** Asks one port of etcd without a client certificate: any HTTP answer shows that none is needed. */
export async function probeEtcd(endpoint: Endpoint, ledger: Ledger, session: Session): Promise<ProbeReport> {
  const opened = await openEndpoint(endpoint, '/version', ledger, session)
  const metricsPort = endpoint.port === 2381
  if (opened.kind === 'failed') return noAnswer(opened.failure, metricsPort, ledger)
  const tls = opened.kind === 'https'
  const answers: Asked[] = []
  for (const path of PATHS) {
    const how = tls ? 'without a client certificate' : 'over plain HTTP'
    const asked = await ask(endpoint, how, { path, ...(tls ? { tls: {} } : {}) }, session)
    answers.push(asked)
    ledger.note({ ask: askText(asked), answer: asked.shown, ...meaningOf(asked) })
    // The door is the same for every path: one refusal is enough.
    if (asked.answer.kind === 'tls-refused') break
  }
  if (tls) await askWithCredential(endpoint, ['/version', '/health'], ledger, session)
  return judge(endpoint, answers, tls, ledger)
}

function noAnswer(
  failure: { readonly kind: string; readonly detail: string },
  metricsPort: boolean,
  ledger: Ledger,
): ProbeReport {
  if (failure.kind === 'nothing-listens') {
    if (metricsPort) ledger.pass(METRICS)
    else ledger.unknown(CLIENT, `no etcd was found here: ${failure.detail}`)
    return ledger.report('closed', 'nothing listens here')
  }
  ledger.unknown(metricsPort ? METRICS : CLIENT, `no answer: ${failure.detail}`)
  return ledger.report('unknown', `not known: ${failure.detail}`)
}

function answered({ answer }: Asked): boolean {
  return answer.kind === 'http' && !wantsTls(answer)
}

function meaningOf(asked: Asked): { state: 'open' | 'limited' | 'closed' | 'unknown'; meaning: string } {
  if (answered(asked)) {
    return asked.answer.kind === 'http' && asked.answer.status === 404
      ? { state: 'limited', meaning: 'let in, but nothing is served here' }
      : { state: 'open', meaning: 'no client certificate is needed' }
  }
  return asked.answer.kind === 'tls-refused'
    ? { state: 'closed', meaning: 'refused without a client certificate' }
    : { state: 'unknown', meaning: 'no answer says whether it is open' }
}

function judge(endpoint: Endpoint, answers: readonly Asked[], tls: boolean, ledger: Ledger): ProbeReport {
  const open = answers.filter(answered)
  const served = (path: string): boolean =>
    open.some(({ url, answer }) => url.endsWith(path) && answer.kind === 'http' && answer.status === 200)
  const loopback = addressScope(endpoint.host) === 'loopback'
  if (open.length > 0 && !open.some(({ answer }) => isEtcd(answer))) {
    ledger.unknown(tls ? CLIENT : PLAIN, 'nothing in the answers shows that this is etcd')
    return ledger.report('unknown', 'not known: what answers may be no etcd')
  }
  if (open.length > 0 && !served('/version')) return judgeMetrics(open, loopback, ledger)
  if (open.length > 0) {
    ledger.fail(tls ? CLIENT : PLAIN, {
      message: tls
        ? 'a client that shows no certificate is served'
        : 'clients are served over plain HTTP, without any proof of who they are',
      evidence: open.map(evidenceOf),
      ...(loopback ? ON_LOOPBACK[tls ? 'tls' : 'plain'] : {}),
    })
    return ledger.report('open', 'everyone who reaches this port reads and writes the whole cluster')
  }
  if (tls && answers.some(({ answer }) => answer.kind === 'tls-refused')) {
    ledger.pass(CLIENT)
    return ledger.report('closed', 'without a client certificate nothing is answered')
  }
  const shown = answers.map((asked) => asked.shown).join('; ')
  ledger.unknown(tls ? CLIENT : PLAIN, `no answer says it: ${shown}`)
  return ledger.report('unknown', `not known: ${shown}`)
}

/** Seen from the host itself: where else the port can be reached is for its configuration to say. */
const ON_LOOPBACK = {
  tls: {
    severity: 'medium',
    reach: 'host',
    because:
      'it was asked on a loopback address: users of the host and pods on its network reach it at least',
  },
  plain: {
    severity: 'medium',
    reach: 'host',
    because:
      'it was asked on a loopback address: users of the host and pods on its network reach it at least',
  },
} as const

/** kubeadm lets etcd tell its health and metrics over plain HTTP, on loopback alone. */
function judgeMetrics(open: readonly Asked[], loopback: boolean, ledger: Ledger): ProbeReport {
  if (loopback) {
    ledger.pass(METRICS)
    return ledger.report('limited', 'health and metrics alone, on a loopback address, as kubeadm sets it up')
  }
  ledger.fail(METRICS, {
    message: 'metrics are given to clients without a certificate',
    evidence: open.map(evidenceOf),
  })
  return ledger.report('limited', 'everyone who reaches this port reads the metrics, but no key')
}
