import type { RequestTarget } from './go-url.js'
import { safePath } from './safe-path.js'
import { sensitiveIn, SERVICE_PATH_BEGINS, type Sensitive } from './sensitive.js'

/** What the safe mode passes on. */
export interface SafeRules {
  /** GET and HEAD unless asked; `all` for every method. */
  readonly methods: ReadonlySet<string> | 'all'
  readonly allow: ReadonlySet<Sensitive>
  /** The only path that is passed on, with all below it: a service's proxy. */
  readonly only?: string
}

/** Why a request is not passed on, and how it could be. */
export interface Refusal {
  readonly status: 400 | 403 | 405
  readonly why: string
}

/** Judges a request by its method and path alone; undefined when it passes. */
export function refusalOf(method: string, target: RequestTarget, rules: SafeRules): Refusal | undefined {
  const raw = target.escaped
  const only = rules.only
  // The path of the one service was chosen by the user; what is below it is the service's own.
  const below = only !== undefined && raw.startsWith(`${only}/`)
  const read = safePath(raw, below || rules.allow.has('proxy') ? { freeFrom: SERVICE_PATH_BEGINS } : {})
  if ('why' in read) return { status: 400, why: read.why }
  if (only !== undefined && !below) {
    return { status: 403, why: `only ${only}/ is passed on, as --open asks` }
  }
  const found = below ? undefined : sensitiveIn(read.segments)
  if (found !== undefined && !rules.allow.has(found)) {
    return { status: 403, why: `${WORDS[found]} not passed on; start with --allow ${found} if they must be` }
  }
  if (rules.methods !== 'all' && !rules.methods.has(method)) {
    const methods = [...rules.methods].join(' and ')
    return { status: 405, why: `only ${methods} are passed on; start with --methods ${method} if it must be` }
  }
  return undefined
}

const WORDS: Readonly<Record<Sensitive, string>> = {
  secrets: 'Secrets are',
  tokens: 'tokens are',
  exec: 'commands in containers (exec) are',
  attach: 'attachments to containers (attach) are',
  portforward: 'ports of pods (portforward) are',
  proxy: 'what nodes, pods and services serve (*/proxy) is',
}
