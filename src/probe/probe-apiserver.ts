import type { ProbeReport, ProbeState } from '../model/index.js'
import type { Endpoint } from './address.js'
import { ask, askText, evidenceOf, wantsTls, type Asked } from './ask.js'
import type { Ledger } from './ledger.js'
import { openEndpoint } from './open-endpoint.js'
import { isApiServer } from './signs.js'
import type { Session } from './session.js'
import { askWithCredential } from './with-credential.js'

export const APISERVER_PORTS = [6443] as const

const ANONYMOUS = 'probe-apiserver-anonymous'
const OPEN = 'probe-apiserver-open'
const CLUSTER_INFO = 'probe-apiserver-cluster-info'
const PLAIN = 'probe-apiserver-plain-http'

/** What a load balancer or the kubelet asks without a credential; conditions of anonymous access name these. */
const HEALTH = ['/livez', '/readyz', '/healthz'] as const
/** Given to everyone by the default role system:public-info-viewer. */
const VERSION = '/version'
const JOINING = '/api/v1/namespaces/kube-public/configmaps/cluster-info'
/** Not even their beginning is read: the status line tells. */
const OBJECTS = ['/api/v1/namespaces', '/api/v1/secrets'] as const
const BEYOND = ['/api', '/apis', '/openapi/v3', '/metrics', ...OBJECTS] as const
const PATHS = [...HEALTH, VERSION, ...BEYOND, JOINING]

/** Asks an API server without a credential, path by path. */
export async function probeApiserver(
  endpoint: Endpoint,
  ledger: Ledger,
  session: Session,
): Promise<ProbeReport> {
  const opened = await openEndpoint(endpoint, VERSION, ledger, session)
  if (opened.kind === 'failed') {
    ledger.unknown(ANONYMOUS, `no answer: ${opened.failure.detail}`)
    return opened.failure.kind === 'nothing-listens'
      ? ledger.report('closed', 'nothing listens here')
      : ledger.report('unknown', `not known: ${opened.failure.detail}`)
  }
  const tls = opened.kind === 'https'
  if (!tls && !speaksPlainly(opened.asked, ledger)) {
    return ledger.report('unknown', `not known: ${opened.asked.shown}`)
  }
  const answers = new Map<string, Asked>()
  for (const path of PATHS) {
    const headOnly = (OBJECTS as readonly string[]).includes(path)
    const how = tls ? 'without a credential' : 'over plain HTTP'
    const asked = await ask(endpoint, how, { path, ...(tls ? { tls: {} } : {}), headOnly }, session)
    answers.set(path, asked)
    ledger.note({ ask: askText(asked), answer: asked.shown, ...meaningOf(path, asked) })
  }
  if (tls) await askWithCredential(endpoint, [VERSION, '/api'], ledger, session)
  return judge(answers, ledger, tls)
}

function speaksPlainly(asked: Asked, ledger: Ledger): boolean {
  const plain = asked.answer.kind === 'http' && !wantsTls(asked.answer)
  if (!plain) ledger.unknown(ANONYMOUS, `no answer of an API server: ${asked.shown}`)
  return plain
}

const statusOf = (asked: Asked | undefined): number =>
  asked?.answer.kind === 'http' ? asked.answer.status : 0
const isHealth = (path: string): boolean => (HEALTH as readonly string[]).includes(path)

function isAnonymous(asked: Asked): boolean {
  return asked.answer.kind === 'http' && asked.answer.body.includes('system:anonymous')
}

function meaningOf(path: string, asked: Asked): { state: ProbeState; meaning: string } {
  const status = statusOf(asked)
  const usual = isHealth(path) || path === VERSION
  if (status === 401) return { state: 'closed', meaning: 'a credential is asked for' }
  if (status === 200) {
    return usual
      ? { state: 'open', meaning: 'open to everyone, as by default' }
      : {
          state: 'open',
          meaning: path === JOINING ? 'open to everyone, for joining nodes' : 'open to everyone',
        }
  }
  // A check of health that fails is an answer to somebody without a credential all the same.
  if (isHealth(path) && status === 500) return { state: 'open', meaning: 'open to everyone; the check fails' }
  if (status === 403) {
    return isAnonymous(asked) || (OBJECTS as readonly string[]).includes(path)
      ? { state: 'limited', meaning: 'let in as system:anonymous, refused by authorization' }
      : { state: 'unknown', meaning: 'refused, but not as an API server refuses system:anonymous' }
  }
  if (status === 404) return { state: 'limited', meaning: 'let in, but nothing is served here' }
  return { state: 'unknown', meaning: 'no answer of an API server to this path' }
}

function judge(answers: ReadonlyMap<string, Asked>, ledger: Ledger, tls: boolean): ProbeReport {
  const list = [...answers]
  if (!list.some(([, { answer }]) => isApiServer(answer))) {
    ledger.unknown(ANONYMOUS, 'no path answered as an API server does: this may be another server')
    return ledger.report('unknown', 'not known: what answers may be no API server')
  }
  if (!tls) {
    ledger.fail(PLAIN, {
      message: 'the API is served over plain HTTP',
      evidence: list.filter(([, asked]) => statusOf(asked) > 0).map(([, asked]) => evidenceOf(asked)),
    })
  }
  const open = list.filter(
    ([path, asked]) => (BEYOND as readonly string[]).includes(path) && statusOf(asked) === 200,
  )
  judgeOpen(open, list, ledger)
  if (open.some(([path]) => (OBJECTS as readonly string[]).includes(path))) {
    ledger.notApplicable(CLUSTER_INFO, 'every object is open')
  } else judgeJoining(answers.get(JOINING), ledger)
  const anonymous = list.filter(([path, asked]) => !isHealth(path) && servesAnonymous(path, asked))
  judgeAnonymous(anonymous, list, ledger)
  if (open.length > 0) {
    return ledger.report(
      'open',
      `everyone who reaches this port reads ${open.map(([path]) => path).join(', ')}`,
    )
  }
  return anonymous.length > 0
    ? ledger.report(
        'limited',
        'everyone is let in as system:anonymous; authorization refuses what is not bound to it',
      )
    : ledger.report('closed', 'without a credential nothing but health is answered')
}

function servesAnonymous(path: string, asked: Asked): boolean {
  return statusOf(asked) === 200 || (statusOf(asked) === 403 && meaningOf(path, asked).state === 'limited')
}

function judgeOpen(
  open: readonly (readonly [string, Asked])[],
  list: readonly (readonly [string, Asked])[],
  ledger: Ledger,
): void {
  const objects = open.filter(([path]) => (OBJECTS as readonly string[]).includes(path))
  if (open.length > 0) {
    ledger.fail(OPEN, {
      message: `requests without a credential read ${open.map(([path]) => path).join(', ')}`,
      evidence: open.map(([, asked]) => evidenceOf(asked)),
      ...(objects.length > 0
        ? { severity: 'critical', because: 'objects of the cluster are read without a credential' }
        : {}),
    })
    return
  }
  const silent = list.filter(
    ([path, asked]) => (BEYOND as readonly string[]).includes(path) && statusOf(asked) === 0,
  )
  if (silent.length === 0) ledger.pass(OPEN)
  else ledger.unknown(OPEN, `no answer to ${silent.map(([path]) => path).join(', ')}`)
}

function judgeJoining(asked: Asked | undefined, ledger: Ledger): void {
  const status = statusOf(asked)
  if (asked !== undefined && status === 200) {
    ledger.fail(CLUSTER_INFO, {
      message: 'ConfigMap kube-public/cluster-info is read without a credential',
      evidence: [evidenceOf(asked)],
    })
  } else if (status === 401 || status === 403 || status === 404) ledger.pass(CLUSTER_INFO)
  else
    ledger.unknown(CLUSTER_INFO, asked === undefined ? 'it was not asked' : `the answer was: ${asked.shown}`)
}

function judgeAnonymous(
  anonymous: readonly (readonly [string, Asked])[],
  list: readonly (readonly [string, Asked])[],
  ledger: Ledger,
): void {
  if (anonymous.length > 0) {
    ledger.fail(ANONYMOUS, {
      message:
        'requests without a credential are served as system:anonymous on every path, not on those of health alone',
      evidence: anonymous.map(([, asked]) => evidenceOf(asked)),
    })
    return
  }
  const asks = list.filter(([path, asked]) => !isHealth(path) && statusOf(asked) === 401)
  if (asks.length > 0) ledger.pass(ANONYMOUS)
  else ledger.unknown(ANONYMOUS, 'no path but those of health gave an answer that says it')
}
