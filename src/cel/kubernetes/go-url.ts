/** The parts of a URL as Go's net/url gives them. */
export interface GoUrl {
  readonly scheme: string
  readonly host: string
  readonly escapedPath: string
  readonly query: string
  readonly opaque: string
}

/**
 * Reads a URL as Go's url.Parse does, or as url.ParseRequestURI, which takes only absolute ones; an error text where
 * they refuse it. Source: Go net/url/url.go, parse.
 */
export function parseGoUrl(text: string, request: boolean): GoUrl | string {
  const hash = request ? -1 : text.indexOf('#')
  const raw = hash < 0 ? text : text.slice(0, hash)
  if (hash >= 0 && hasBadEscape(text.slice(hash + 1))) return 'invalid URL escape'
  // eslint-disable-next-line no-control-regex -- these are the bytes that are refused
  if (/[\u0000-\u001f\u007f]/.test(raw)) return 'net/url: invalid control character in URL'
  if (raw === '' && request) return 'empty url'
  if (raw === '*') return { scheme: '', host: '', escapedPath: '*', query: '', opaque: '' }
  const scheme = schemeOf(raw)
  if (scheme === undefined) return 'missing protocol scheme'
  let rest = scheme === '' ? raw : raw.slice(scheme.length + 1)
  const mark = rest.indexOf('?')
  const query = mark < 0 ? '' : rest.slice(mark + 1)
  if (mark >= 0) rest = rest.slice(0, mark)
  const base = { scheme: scheme.toLowerCase(), query }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...base, host: '', escapedPath: '', opaque: rest }
    if (request) return 'invalid URI for request'
    if ((rest.split('/')[0] ?? '').includes(':')) return 'first path segment in URL cannot contain colon'
  }
  let host = ''
  if ((scheme !== '' || (!request && !rest.startsWith('///'))) && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2)
    const authority = rest.slice(2, slash < 0 ? undefined : slash)
    rest = slash < 0 ? '' : rest.slice(slash)
    const parsed = parseAuthority(authority)
    if (parsed === undefined) return 'invalid host in URL'
    host = parsed
  }
  if (hasBadEscape(rest)) return 'invalid URL escape'
  return { ...base, host, escapedPath: escapedPath(rest), opaque: '' }
}

/** Empty where there is none; undefined where a colon comes first. */
function schemeOf(text: string): string | undefined {
  if (text.startsWith(':')) return undefined
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1] ?? ''
}

function hasBadEscape(text: string): boolean {
  return /%(?![0-9a-fA-F]{2})/.test(text)
}

/** The path as it is written where that is well encoded, else encoded anew. Source: EscapedPath, validEncoded. */
function escapedPath(path: string): string {
  if (/^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/]*$/.test(path)) return path
  const bytes = Buffer.from(path, 'utf8').toString('latin1')
  const plain = bytes.replace(/%([0-9a-fA-F]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return plain.replace(
    /[^A-Za-z0-9\-_.~$&+,/:;=@]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** The host with its port; undefined where user or host are none. Source: parseAuthority, parseHost. */
function parseAuthority(authority: string): string | undefined {
  const at = authority.lastIndexOf('@')
  const host = authority.slice(at + 1)
  if (at >= 0) {
    const user = authority.slice(0, at)
    if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || hasBadEscape(user)) return undefined
  }
  const bracket = host.startsWith('[') ? host.lastIndexOf(']') : -1
  if (host.startsWith('[') && bracket < 0) return undefined
  const colon = host.startsWith('[') ? bracket + 1 : host.lastIndexOf(':')
  if (colon >= 0 && !/^(?::\d*)?$/.test(colon < host.length ? host.slice(colon) : '')) return undefined
  return unescapeHost(host)
}

/** Escapes in a host stand for bytes beyond ASCII only; other signs must be ones that a host has. */
function unescapeHost(host: string): string | undefined {
  const bytes = Buffer.from(host, 'utf8').toString('latin1')
  if (hasBadEscape(bytes) || /%(?!25)[0-7]/.test(bytes)) return undefined
  const plain = bytes.replace(/%([0-9a-fA-F]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )

  if (/[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\u00ff]/.test(plain)) return undefined
  return Buffer.from(plain, 'latin1').toString('utf8')
}
