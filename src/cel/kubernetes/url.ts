import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { BOOL, listOf, mapOf, opaque, STRING, type CelType } from '../types.js'
import { CelError, CelMap, CelOpaque, type CelResult } from '../values.js'
import { parseGoUrl, type GoUrl } from './go-url.js'

/** A URL. */
export class Url extends CelOpaque {
  readonly typeName = 'kubernetes.URL'

  constructor(
    readonly text: string,
    readonly parts: GoUrl,
  ) {
    super()
  }

  equals(other: CelOpaque): boolean {
    return other instanceof Url && JSON.stringify(other.parts) === JSON.stringify(this.parts)
  }
}

function fromText(text: string): CelResult {
  // A URL for a request must be absolute; it is read again because such a one has no fragment.
  const request = parseGoUrl(text, true)
  if (typeof request === 'string')
    return new CelError(`URL parse error during conversion from string: ${request}`)
  const parts = parseGoUrl(text, false)
  return typeof parts === 'string'
    ? new CelError(`URL parse error during conversion from string: ${parts}`)
    : new Url(text, parts)
}

const URL_TYPE = opaque('kubernetes.URL')

function part(name: string, id: string, get: (url: GoUrl) => CelResult, type: CelType = STRING): CelFunction {
  return { name, overloads: [memberOverload(id, [URL_TYPE], type, (url) => get((url as Url).parts))] }
}

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/urls.go. */
export const URLS: readonly CelFunction[] = [
  {
    name: 'url',
    overloads: [globalOverload('string_to_url', [STRING], URL_TYPE, (text) => fromText(text as string))],
  },
  {
    name: 'isURL',
    overloads: [
      globalOverload(
        'is_url_string',
        [STRING],
        BOOL,
        (text) => typeof parseGoUrl(text as string, true) !== 'string',
      ),
    ],
  },
  part('getScheme', 'url_get_scheme', ({ scheme }) => scheme),
  part('getHost', 'url_get_host', ({ host }) => host),
  part('getHostname', 'url_get_hostname', ({ host }) => hostAndPort(host)[0]),
  part('getPort', 'url_get_port', ({ host }) => hostAndPort(host)[1]),
  part('getEscapedPath', 'url_get_escaped_path', ({ escapedPath }) => escapedPath),
  part('getQuery', 'url_get_query', ({ query }) => queryOf(query), mapOf(STRING, listOf(STRING))),
]

/** Source: Go net/url, splitHostPort. */
function hostAndPort(host: string): readonly [string, string] {
  const colon = /^(.*):(\d*)$/s.exec(host)
  const [name, port] = colon === null ? [host, ''] : [colon[1] ?? '', colon[2] ?? '']
  return [name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name, port]
}

/** Pairs that cannot be read are left out. Source: Go net/url, parseQuery. */
function queryOf(query: string): CelMap {
  const values = new Map<string, string[]>()
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue
    const equals = pair.indexOf('=')
    const key = unescapePart(equals < 0 ? pair : pair.slice(0, equals))
    const value = unescapePart(equals < 0 ? '' : pair.slice(equals + 1))
    if (key === undefined || value === undefined) continue
    const known = values.get(key)
    if (known === undefined) values.set(key, [value])
    else known.push(value)
  }
  return new CelMap(values)
}

function unescapePart(text: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined
  const bytes = Buffer.from(text.replaceAll('+', ' '), 'utf8').toString('latin1')
  const plain = bytes.replace(/%([0-9a-fA-F]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return Buffer.from(plain, 'latin1').toString('utf8')
}
