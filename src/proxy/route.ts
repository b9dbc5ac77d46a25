import { cleanPath, escapedPath, escapePath, unescapePath, type RequestTarget } from './go-url.js'

/** What becomes of a request before any filter. */
export type Route =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'static'; readonly path: string }
  /** To the API server: `path` is what filters look at, `escaped` what is sent. */
  | { readonly kind: 'api'; readonly path: string; readonly escaped: string }

export interface Prefixes {
  /** With a slash at the end. */
  readonly api: string
  /** Where files are served, when a folder was named. */
  readonly static?: string
}

/**
 * Go's ServeMux with the two prefixes, and the prefix taken off: paths are made clean by a redirect, a missing slash at
 * the end of a prefix is put there by one, the longer prefix wins.
 * Source: Go 1.26 net/http, ServeMux.findHandler; kubectl v0.36.2 pkg/proxy/proxy_server.go, NewServer.
 */
export function route(target: RequestTarget, prefixes: Prefixes): Route {
  const clean = cleanPath(target.escaped)
  const query = target.query === '' ? '' : `?${target.query}`
  const known = [prefixes.static, prefixes.api].filter((each) => each !== undefined)
  if (!clean.endsWith('/') && known.some((prefix) => sameSegments(`${clean}/`, prefix))) {
    return { kind: 'redirect', location: `${escapePath(`${cleanPath(target.path)}/`)}${query}` }
  }
  // The clean path is encoded already, and Go encodes it once more.
  if (clean !== target.escaped) return { kind: 'redirect', location: `${escapePath(clean)}${query}` }
  const [prefix] = known
    .filter((each) => beginsWith(clean, each))
    .sort((a, b) => b.split('/').length - a.split('/').length)
  if (prefix === undefined) return { kind: 'not-found' }
  if (prefix === prefixes.static) return strip(target, prefix)
  return leaveSlash(target, prefix)
}

/** http.StripPrefix: both forms of the path must begin with the prefix. */
function strip({ path, escaped }: RequestTarget, prefix: string): Route {
  if (!path.startsWith(prefix) || !escaped.startsWith(prefix)) return { kind: 'not-found' }
  return { kind: 'static', path: path.slice(prefix.length) }
}

/**
 * kubectl's stripLeaveSlash changes the decoded path alone; the encoded one is sent on when it still fits. A prefix that
 * begins with /api stays.
 */
function leaveSlash({ path, escaped }: RequestTarget, prefix: string): Route {
  if (prefix.startsWith('/api')) return { kind: 'api', path, escaped }
  if (!path.startsWith(prefix)) return { kind: 'not-found' }
  const rest = path.slice(prefix.length)
  const stripped = rest === '' || rest.startsWith('/') ? rest : `/${rest}`
  return { kind: 'api', path: stripped, escaped: escapedPath(stripped, escaped) }
}

function sameSegments(path: string, prefix: string): boolean {
  return decodedSegments(path).join('\0') === prefix.split('/').join('\0')
}

function beginsWith(path: string, prefix: string): boolean {
  const wanted = prefix.split('/').slice(0, -1)
  const given = decodedSegments(path)
  return given.length > wanted.length && wanted.every((segment, index) => segment === given[index])
}

function decodedSegments(path: string): string[] {
  return path.split('/').map((segment) => unescapePath(segment) ?? segment)
}
