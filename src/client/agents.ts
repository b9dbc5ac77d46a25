import http from 'node:http'
import https from 'node:https'
import { RampartError } from '../model/index.js'

/** Connections are kept for this long without use; the API server keeps them for 90 s. */
const KEPT = 30_000
const MOST_SOCKETS = 16

/**
 * Opens and keeps the connections to one server, through the proxy that its kubeconfig names, where it names one.
 * Proxies of the environment are the caller's affair.
 */
export async function createAgent(secure: boolean, proxyUrl: string | undefined): Promise<http.Agent> {
  const options = { keepAlive: true, maxSockets: MOST_SOCKETS, timeout: 0, freeSocketTimeout: KEPT }
  if (proxyUrl === undefined || proxyUrl === '') {
    return secure ? new https.Agent(options) : new http.Agent(options)
  }
  const proxy = URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined
  switch (proxy?.protocol) {
    case 'http:':
    case 'https:': {
      const { HttpsProxyAgent } = await import('https-proxy-agent')
      return new HttpsProxyAgent(proxy, options)
    }
    case 'socks5:':
    case 'socks5h:': {
      const { SocksProxyAgent } = await import('socks-proxy-agent')
      // Source: Go resolves names at a SOCKS5 proxy; socks5h says so to the library.
      return new SocksProxyAgent(proxyUrl.replace(/^socks5:/, 'socks5h:'), options)
    }
    default:
      throw new RampartError('usage', 'proxy-url must be an address with http, https or socks5')
  }
}
