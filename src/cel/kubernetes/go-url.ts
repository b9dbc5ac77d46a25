import { isIpText } from './ip.js'

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
    const parsed = parseAuthority(scheme.toLowerCase(), authority)
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

/** The host with its port; undefined where user or host are none. Source: parseAuthority. */
function parseAuthority(scheme: string, authority: string): string | undefined {
  const at = authority.lastIndexOf('@')
  if (at >= 0) {
    const user = authority.slice(0, at)
    if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || hasBadEscape(user)) return undefined
  }
  return parseHost(scheme, authority.slice(at + 1))
}

/** In brackets only an IPv6 address may stand; a web address has one colon at most. Source: Go 1.26, parseHost. */
function parseHost(scheme: string, host: string): string | undefined {
  const open = host.lastIndexOf('[')
  if (open > 0) return undefined
  if (open === 0) return literalHost(host)
  const [first, last] = [host.indexOf(':'), host.lastIndexOf(':')]
  const port = host.slice(scheme === 'http' || scheme === 'https' ? first : last)
  if (first >= 0 && !isPort(port)) return undefined
  return unescapeHost(host)
}

function literalHost(host: string): string | undefined {
  const close = host.lastIndexOf(']')
  const port = host.slice(close + 1)
  if (close < 0 || !isPort(port)) return undefined
  const inner = host.slice(1, close)
  const zone = inner.indexOf('%25')
  const address = unescapeHost(zone < 0 ? inner : inner.slice(0, zone))
  const rest = zone < 0 ? '' : unescapeZone(inner.slice(zone))
  if (address === undefined || rest === undefined || !isV6(`${address}${rest}`)) return undefined
  return `[${address}${rest}]${port}`
}

function isPort(text: string): boolean {
  return text === '' || /^:\d*$/.test(text)
}

/** A zone may follow a percent sign; that of an IPv4 address in IPv6 form may not. */
function isV6(text: string): boolean {
  const percent = text.indexOf('%')
  const address = percent < 0 ? text : text.slice(0, percent)
  return address.includes(':') && percent !== text.length - 1 && isIpText(address)
}

/** Escapes in a zone may stand for all but control signs. */
function unescapeZone(text: string): string | undefined {
  if (hasBadEscape(text) || /%(?!25|20)[01]/.test(text)) return undefined
  const plain = unescapeBytes(text)
  return /[ "<>\\^`{|}]/.test(text.replace(/%[0-9a-fA-F]{2}/g, '')) ? undefined : plain
}

function unescapeBytes(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1')
  const plain = bytes.replace(/%([0-9a-fA-F]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return Buffer.from(plain, 'latin1').toString('utf8')
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
