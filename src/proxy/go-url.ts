/** A request's target as Go's net/url reads it. */
export interface RequestTarget {
  /** Decoded. */
  readonly path: string
  /** As it is sent on: the text that came where it is a valid encoding of `path`, else Go's own encoding. */
  readonly escaped: string
  /** Without the question mark. */
  readonly query: string
  /** Of the absolute form (`GET http://host/path`), which wins over the Host header. */
  readonly host?: string
}

const BYTE = /%([0-9A-Fa-f]{2})/g
/** Source: Go 1.26 net/url, shouldEscape for encodePath. */
const PLAIN = /[^A-Za-z0-9\-_.~$&+,/:;=@]/g
/** Source: Go 1.26 net/url, validEncoded. */
const VALID = /^[A-Za-z0-9\-_.~$&+,/:;=@!'()*[\]%]*$/

/** Reads the target of a request line; undefined for what Go answers with 400. */
export function readTarget(raw: string): RequestTarget | undefined {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/i.exec(raw)
  const rest = absolute === null ? raw : (absolute[2] ?? '')
  if (absolute === null && !rest.startsWith('/')) return undefined
  const mark = rest.indexOf('?')
  const given = mark < 0 ? rest : rest.slice(0, mark)
  const path = unescapePath(given)
  if (path === undefined) return undefined
  return {
    path,
    escaped: escapedPath(path, given),
    query: mark < 0 ? '' : rest.slice(mark + 1),
    ...(absolute === null ? {} : { host: absolute[1] ?? '' }),
  }
}

/** Bytes as characters (latin1), so that nothing that is no UTF-8 is lost; undefined for a bad escape. */
export function unescapePath(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined
  return text.replace(BYTE, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

export function escapePath(path: string): string {
  return path.replace(PLAIN, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/** Go's URL.EscapedPath. */
export function escapedPath(path: string, raw: string): string {
  return VALID.test(raw) && unescapePath(raw) === path ? raw : escapePath(path)
}

/** Go's path.Clean for an absolute path; a slash at its end stays. Source: Go 1.26 net/http, cleanPath. */
export function cleanPath(path: string): string {
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  }
  const clean = `/${kept.join('/')}`
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean
}

/** Go's singleJoiningSlash. */
export function joinSlash(a: string, b: string): string {
  if (a.endsWith('/') && b.startsWith('/')) return a + b.slice(1)
  return a.endsWith('/') || b.startsWith('/') ? a + b : `${a}/${b}`
}
