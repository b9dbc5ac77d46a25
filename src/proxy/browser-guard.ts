import type { IncomingHttpHeaders } from 'node:http'

/** The names under which the proxy is to be reached, each with its port, as `127.0.0.1:8001`. */
export type AcceptHost = (host: string) => boolean

/**
 * Why a request does not come from a page of this proxy, or undefined. The Host is checked against DNS rebinding (a name
 * of the attacker's that leads to 127.0.0.1), the Origin and Sec-Fetch-Site against requests that a page of another site
 * makes. Programs send neither of the two, and need the session's secret.
 * Source: Fetch Metadata Request Headers, W3C working draft; OWASP Cross-Site Request Forgery Prevention.
 */
export function foreignBecause(headers: IncomingHttpHeaders, accepts: AcceptHost): string | undefined {
  const { host = '', origin } = headers
  if (!accepts(host.toLowerCase())) return `the Host \`${short(host)}\` is not one of this proxy`
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return `the Origin \`${short(origin)}\` is another site`
  }
  const site: string | undefined = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return `the request comes from another site (Sec-Fetch-Site: ${short(site)})`
  }
  return undefined
}

/** Headers are shown, and must neither fill the log nor act on a terminal. */
function short(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 80)
}
