import type { ProbeReport } from '../model/index.js'
import type { Endpoint } from './address.js'
import { ask, askText, evidenceOf, type Asked } from './ask.js'
import type { Ledger } from './ledger.js'
import { openEndpoint } from './open-endpoint.js'
import type { Session } from './session.js'
import { askWithCredential } from './with-credential.js'

/** The port that must be judged, and the read-only one beside it. */
export const KUBELET_PORTS = [10250, 10255] as const

/**
 * All that is ever asked of a kubelet. /exec, /run, /attach, /portForward and /checkpoint act, even on GET, and are
 * never touched; of /pods and /configz only the beginning is read.
 */
const PATHS = ['/healthz', '/pods', '/configz'] as const

const READ_ONLY = 'probe-kubelet-read-only-port'
const ANONYMOUS = 'probe-kubelet-anonymous'

/** Asks one port of a kubelet without a credential, path by path. */
export async function probeKubelet(
  endpoint: Endpoint,
  ledger: Ledger,
  session: Session,
): Promise<ProbeReport> {
  const opened = await openEndpoint(endpoint, '/healthz', ledger, session)
  const readOnly = endpoint.port === 10255
  if (opened.kind === 'failed') {
    const { kind, detail } = opened.failure
    if (kind === 'nothing-listens') {
      if (readOnly) ledger.pass(READ_ONLY)
      else ledger.unknown(ANONYMOUS, `no kubelet was found here: ${detail}`)
      return ledger.report('closed', 'nothing listens here')
    }
    ledger.unknown(readOnly ? READ_ONLY : ANONYMOUS, `no answer: ${detail}`)
    return ledger.report('unknown', `not known: ${detail}`)
  }
  const tls = opened.kind === 'https'
  const how = tls ? 'without a credential' : 'over plain HTTP'
  const answers: Asked[] = []
  for (const path of PATHS) {
    // A plain port does not serve the configuration at all.
    if (!tls && path === '/configz') continue
    answers.push(await ask(endpoint, how, { path, ...(tls ? { tls: {} } : {}) }, session))
  }
  for (const asked of answers) noteAnswer(asked, ledger)
  if (!tls) return judgePlain(answers, ledger)
  await askWithCredential(endpoint, PATHS, ledger, session)
  return judgeAnonymous(answers, ledger)
}

/** 401: anonymous off. 403 that names system:anonymous: on, and authorization holds. 200: open. */
function meaningOf({ answer }: Asked): Pick<ProbeReport, 'state'> & { meaning: string } {
  if (answer.kind !== 'http') return { state: 'unknown', meaning: 'no answer says whether it is open' }
  if (answer.status === 200) return { state: 'open', meaning: 'open to everyone' }
  if (answer.status === 401) return { state: 'closed', meaning: 'a credential is asked for' }
  if (answer.status === 403) {
    return answer.body.includes('user=system:anonymous')
      ? { state: 'limited', meaning: 'let in as system:anonymous, refused by authorization' }
      : { state: 'unknown', meaning: 'refused, but not as a kubelet refuses system:anonymous' }
  }
  return { state: 'unknown', meaning: 'no answer of a kubelet to this path' }
}

function noteAnswer(asked: Asked, ledger: Ledger): void {
  ledger.note({ ask: askText(asked), answer: asked.shown, ...meaningOf(asked) })
}

const isOpen = ({ answer }: Asked): boolean => answer.kind === 'http' && answer.status === 200
const pathOf = ({ url }: Asked): string => url.replace(/^https?:\/\/[^/]*/, '')

function judgeAnonymous(answers: readonly Asked[], ledger: Ledger): ProbeReport {
  const pods = answers.find((asked) => pathOf(asked) === '/pods')
  const open = answers.filter((asked) => isOpen(asked) && pathOf(asked) !== '/healthz')
  const limited = answers.filter((asked) => meaningOf(asked).state === 'limited')
  if (pods !== undefined && isOpen(pods)) {
    if (!isPodList(pods)) {
      ledger.unknown(ANONYMOUS, '/pods answers 200, but not with a list of pods: this may be no kubelet')
      return ledger.report('unknown', 'not known: what answers may be no kubelet')
    }
    ledger.fail(ANONYMOUS, {
      message:
        'everyone who reaches the port reads the pods of this node; with AlwaysAllow, runs commands in them',
      evidence: answers.filter(isOpen).map(evidenceOf),
      severity: 'critical',
      because: 'requests without a credential are authorized: nobody is refused',
    })
    return ledger.report(
      'open',
      'everyone who reaches this port is served as system:anonymous, and authorized',
    )
  }
  if (open.length > 0) {
    ledger.fail(ANONYMOUS, {
      message: `requests without a credential read ${open.map(pathOf).join(' and ')}`,
      evidence: open.map(evidenceOf),
    })
    return ledger.report('open', `everyone who reaches this port reads ${open.map(pathOf).join(' and ')}`)
  }
  if (limited.length > 0) {
    ledger.fail(ANONYMOUS, {
      message: 'requests without a credential are served as system:anonymous; authorization refuses them',
      evidence: limited.map(evidenceOf),
    })
    return ledger.report('limited', 'everyone is let in as system:anonymous; authorization refuses the rest')
  }
  if (pods !== undefined && meaningOf(pods).state === 'closed') {
    ledger.pass(ANONYMOUS)
    return ledger.report('closed', 'without a credential nothing is answered')
  }
  const detail = pods === undefined ? 'nothing was asked' : `/pods answered: ${pods.shown}`
  ledger.unknown(ANONYMOUS, `${detail}; a kubelet says 200, 401, or 403 to system:anonymous`)
  return ledger.report('unknown', `not known: ${detail}`)
}

function isPodList({ answer }: Asked): boolean {
  return answer.kind === 'http' && /"kind"\s*:\s*"PodList"/.test(answer.body)
}

function judgePlain(answers: readonly Asked[], ledger: Ledger): ProbeReport {
  const pods = answers.find((asked) => pathOf(asked) === '/pods')
  if (pods !== undefined && isOpen(pods) && isPodList(pods)) {
    ledger.fail(READ_ONLY, {
      message: 'everyone who reaches the port reads the pods of this node, over plain HTTP',
      evidence: answers.filter(isOpen).map(evidenceOf),
    })
    return ledger.report('open', 'everyone who reaches this port reads the pods of this node')
  }
  const shown = pods?.shown ?? 'nothing'
  ledger.unknown(READ_ONLY, `plain HTTP is spoken here, but /pods answered: ${shown}`)
  return ledger.report('unknown', `not known: what answers over plain HTTP may be no kubelet (${shown})`)
}
