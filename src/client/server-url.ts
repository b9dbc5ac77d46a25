import type { ClientConfig } from '../kubeconfig/index.js'
import { RampartError } from '../model/index.js'

/** The address of a server with its path prefix. Which scheme one without any has was settled as the context was resolved. */
export function serverUrl(config: ClientConfig): URL {
  const url = URL.canParse(config.server) ? new URL(config.server) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    throw new RampartError('usage', `the server \`${config.server}\` is no address as https://HOST:PORT`)
  }
  return url
}

/** How a server is named in messages: without a user, a password or a query. */
export function serverName(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`
}

/** The path on the server: its prefix, what is asked for, and the query. */
export function pathOn(base: URL, path: string, query: QueryValues = {}): string {
  const prefix = base.pathname.replace(/\/+$/, '')
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      if (each !== undefined) search.append(name, String(each))
    }
  }
  const text = search.toString()
  return `${prefix}${path}${text === '' ? '' : `${path.includes('?') ? '&' : '?'}${text}`}`
}

/** Values of a query; what is undefined is left out, a list is repeated. */
export type QueryValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
