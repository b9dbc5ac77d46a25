import { RampartError } from '../model/index.js'
import { ipFamily } from '../text/index.js'

/** Where to listen. Of addresses that are `optional` together, one is enough: `localhost` is two of them. */
export interface ListenAddress {
  readonly host: string
  readonly optional: boolean
}

/** The values of `--address`, each with commas. Source: client-go v0.36.2 tools/portforward, parseAddresses. */
export function listenAddresses(texts: readonly string[]): ListenAddress[] {
  const found = new Map<string, ListenAddress>()
  for (const text of texts.flatMap((each) => each.split(','))) {
    if (text === 'localhost') {
      for (const host of ['127.0.0.1', '::1']) if (!found.has(host)) found.set(host, { host, optional: true })
    } else if (ipFamily(text) !== 0) found.set(text, { host: text, optional: false })
    else throw new RampartError('usage', `--address: \`${text}\` is not a valid IP, nor localhost`)
  }
  return [...found.values()].sort((a, b) => (a.host < b.host ? -1 : 1))
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
