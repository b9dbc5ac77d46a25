/** Why client-go would refuse a `proxy-url`, in its words, or undefined. Source: client_config.go, parseProxyURL; Go net/url. */
export function proxyUrlFault(url: string): string | undefined {
  const scheme = goScheme(url)
  if (scheme === undefined) return `could not parse: ${url}`
  if (scheme === 'http' || scheme === 'https' || scheme === 'socks5') {
    return isHost(url.slice(scheme.length + 1)) ? undefined : `could not parse: ${url}`
  }
  return `unsupported scheme "${scheme}", must be http, https, or socks5`
}

/** The scheme as Go's url.Parse finds it, '' for none, undefined where it fails. */
function goScheme(url: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- Go refuses exactly these
  if (/[\x00-\x1f\x7f]/.test(url) || url.startsWith(':')) return undefined
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]
  if (scheme !== undefined) return scheme.toLowerCase()
  // `first path segment in URL cannot contain colon`
  return /^[^/?#]*:/.test(url) ? undefined : ''
}

/** A port is digits, brackets are closed, and no sign stands in a host that Go refuses there. */
function isHost(rest: string): boolean {
  const authority = /^\/\/([^/?#]*)/.exec(rest)?.[1]
  if (authority === undefined) return true
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return host.startsWith('[')
    ? /^\[[^\]]*\](?::\d*)?$/.test(host)
    : /^[^\s:[\]<>"\\^`{|}]*(?::\d*)?$/.test(host)
}
