import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export const SESSION_HEADER = 'rampart-session'
export const CODE_PARAMETER = 'rampart-code'

/**
 * Who may use the proxy. The printed address carries a code that works once; it is exchanged for a cookie that pages
 * cannot read and other sites cannot send. Programs send the secret in a header. Nothing of it is ever logged.
 */
export class Session {
  readonly #secret = randomBytes(32).toString('base64url')
  #code: string | undefined = randomBytes(32).toString('base64url')
  #cookie = 'rampart-session'

  /** Cookies are the same for all ports of a host: each proxy has a name of its own. */
  nameCookie(port: number): void {
    this.#cookie = `rampart-session-${port}`
  }

  /** The secret that programs send. */
  get secret(): string {
    return this.#secret
  }

  /** The query that the printed address ends in; undefined once it was used. */
  get entry(): string | undefined {
    return this.#code === undefined ? undefined : `?${CODE_PARAMETER}=${this.#code}`
  }

  /** Whether a request says who it is, by cookie or header. */
  knows(headers: IncomingHttpHeaders): boolean {
    const sent = headers[SESSION_HEADER]
    if (typeof sent === 'string') return same(sent, this.#secret)
    return cookiesOf(headers.cookie).some(
      ([name, value]) => name === this.#cookie && same(value, this.#secret),
    )
  }

  /** Takes the code of a query, once: gives the cookie to set. */
  enter(code: string): string | undefined {
    if (this.#code === undefined || !same(code, this.#code)) return undefined
    this.#code = undefined
    return `${this.#cookie}=${this.#secret}; Path=/; HttpOnly; SameSite=Strict`
  }

  /** The cookies that are not ours; undefined when none is left. */
  foreignCookies(header: string | undefined): string | undefined {
    const others = cookiesOf(header).filter(([name]) => !name.startsWith('rampart-session'))
    return others.length === 0 ? undefined : others.map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Whether a server behind us tries to set our cookie. */
  isOurs(setCookie: string): boolean {
    return setCookie.trimStart().startsWith('rampart-session')
  }
}

/** The code of a query, or undefined. */
export function codeIn(query: string): string | undefined {
  return new URLSearchParams(query).get(CODE_PARAMETER) ?? undefined
}

function cookiesOf(header: string | undefined): [string, string][] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const sign = pair.indexOf('=')
      return sign < 0 ? [pair, ''] : [pair.slice(0, sign), pair.slice(sign + 1)]
    })
}

/** In a time that does not depend on where they differ. */
function same(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}
