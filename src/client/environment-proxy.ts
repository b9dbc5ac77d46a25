import { BlockList, isIP } from 'node:net'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that the environment names for a server, as Go's HTTP client takes it where a kubeconfig has no `proxy-url`:
 * HTTPS_PROXY for https, HTTP_PROXY for http, neither for this machine itself and for what NO_PROXY names.
 * Source: golang.org/x/net/http/httpproxy; client-go v0.36.2 transport/cache.go.
 */
export function environmentProxy(server: URL, env: Environment): string | undefined {
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const proxy = given(env, variable)
  if (proxy === undefined) return undefined
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port
  if (isThisMachine(host) || isExcepted(host, port, given(env, 'NO_PROXY') ?? '')) return undefined
  return /^[a-z][a-z\d]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`
}

/** In capitals first, as Go looks. */
function given(env: Environment, name: string): string | undefined {
  const value = env[name] ?? env[name.toLowerCase()]
  return value === undefined || value === '' ? undefined : value
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function isExcepted(host: string, port: string, list: string): boolean {
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && matches(entry, host, port))
}

/** One entry of NO_PROXY: `*`, an address, a network, a domain with all below it, `.domain` with what is below it alone. */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (entry.includes('/')) return isInNetwork(entry, host)
  const [, name = entry, only] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? []
  if (only !== undefined && only !== port) return false
  const bare = name.replace(/^\[|\]$/g, '').replace(/^\*(?=\.)/, '')
  if (isIP(bare) !== 0) return bare === host
  return bare.startsWith('.') ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`)
}

function isInNetwork(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/')
  const family = isIP(network)
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits)) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  try {
    const list = new BlockList()
    list.addSubnet(network, Number(bits), type)
    return list.check(host, type)
  } catch {
    // More bits than an address has.
    return false
  }
}
