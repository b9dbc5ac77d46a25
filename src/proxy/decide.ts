import type { IncomingMessage } from 'node:http'
import { foreignBecause, type AcceptHost } from './browser-guard.js'
import { readTarget, type RequestTarget } from './go-url.js'
import type { Filter } from './kubectl-filter.js'
import { route, type Prefixes } from './route.js'
import { refusalOf, type SafeRules } from './safe-rules.js'
import { codeIn, type Session } from './session.js'

/** The safe mode: who may come in, and what is passed on. */
export interface SafeMode {
  readonly rules: SafeRules
  /** Absent on a Unix socket, where the file's mode says who may come in. */
  readonly session?: Session
  readonly acceptHost: AcceptHost
  /** Where the clean address leads to after the session has begun. */
  readonly entryPath: string
}

export interface Policy {
  readonly prefixes: Prefixes
  /** kubectl's own filter; absent with --disable-filter. */
  readonly filter?: Filter
  /** Absent with --compat kubectl. */
  readonly safe?: SafeMode
}

/** What to do with a request. */
export type Decision =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'answer'; readonly status: number; readonly text: string; readonly why: string }
  | {
      readonly kind: 'redirect'
      readonly status: 303 | 307
      readonly location: string
      readonly cookie?: string
    }
  | { readonly kind: 'static'; readonly path: string }
  | { readonly kind: 'pass'; readonly escaped: string; readonly query: string }

const answer = (status: number, text: string, why = text): Decision => ({ kind: 'answer', status, text, why })

/** Decides about a request by its method, target and headers. */
export function decide(request: IncomingMessage, policy: Policy): Decision {
  const target = readTarget(request.url ?? '')
  if (target === undefined) return { kind: 'unreadable' }
  return policy.safe === undefined
    ? decideAsKubectl(request, target, policy)
    : decideSafely(request, target, policy, policy.safe)
}

function decideAsKubectl(request: IncomingMessage, target: RequestTarget, policy: Policy): Decision {
  const found = route(target, policy.prefixes)
  switch (found.kind) {
    case 'redirect':
      return { kind: 'redirect', status: 307, location: found.location }
    case 'not-found':
      return answer(404, '404 page not found')
    case 'static':
      return found
    case 'api': {
      const host = target.host ?? request.headers.host ?? ''
      if (policy.filter?.accepts(request.method ?? '', utf8(found.path), host) === false) {
        return answer(403, 'Forbidden', 'the filter does not accept it')
      }
      return { kind: 'pass', escaped: found.escaped, query: target.query }
    }
  }
}

function decideSafely(
  request: IncomingMessage,
  target: RequestTarget,
  { prefixes, filter }: Policy,
  { rules, session, acceptHost, entryPath }: SafeMode,
): Decision {
  const method = request.method ?? ''
  const foreign = foreignBecause(request.headers, acceptHost)
  if (foreign !== undefined || target.host !== undefined) {
    const why = foreign ?? 'the request names another server'
    return answer(403, `Forbidden: ${why}`, why)
  }
  const code = codeIn(target.query)
  if (session !== undefined && code !== undefined && target.path === '/' && method === 'GET') {
    const cookie = session.enter(code)
    if (cookie !== undefined) return { kind: 'redirect', status: 303, location: entryPath, cookie }
  }
  if (session?.knows(request.headers) === false) {
    return answer(401, code === undefined ? NO_SESSION : CODE_USED, 'no session')
  }
  const { static: files } = prefixes
  if (files !== undefined && target.escaped.startsWith(files)) {
    if (method !== 'GET' && method !== 'HEAD') return answer(405, 'Method Not Allowed: files are only read')
    return { kind: 'static', path: target.path.slice(files.length) }
  }
  const escaped = apiPath(target, prefixes.api)
  if (escaped === undefined) return answer(404, '404 page not found')
  const wanted = { ...target, escaped: withinOnly(escaped, rules.only) }
  const refusal = refusalOf(method, wanted, rules)
  if (refusal !== undefined) return answer(refusal.status, `Not passed on: ${refusal.why}`, refusal.why)
  if (filter?.accepts(method, utf8(decoded(wanted.escaped)), request.headers.host ?? '') === false) {
    return answer(403, 'Forbidden: the filter of the command line does not accept it')
  }
  return { kind: 'pass', escaped: wanted.escaped, query: target.query }
}

/** The path without the prefix, undefined when it does not begin with that. A prefix that begins with /api stays. */
function apiPath({ escaped }: RequestTarget, prefix: string): string | undefined {
  if (!escaped.startsWith(prefix) && `${escaped}/` !== prefix) return undefined
  return prefix.startsWith('/api') ? escaped : `/${escaped.slice(prefix.length)}`
}

/** Pages of a service ask for `/app.js` without knowing where they are: that is below the service, too. */
function withinOnly(escaped: string, only: string | undefined): string {
  if (only === undefined || escaped.startsWith(`${only}/`)) return escaped
  return escaped === only ? `${only}/` : `${only}${escaped}`
}

function decoded(escaped: string): string {
  return readTarget(escaped)?.path ?? escaped
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8')
}

const NO_SESSION = `Unauthorized: this proxy is used with the address that it printed, which works once.
Programs send the header that it printed (Rampart-Session).`
const CODE_USED = `Unauthorized: this address has been used; it works once.
Use the browser in which it was opened, send the header that was printed, or start the proxy anew.`
