/** The first part of an HTTP/1 answer. */
export interface HttpAnswer {
  readonly kind: 'http'
  readonly status: number
  /** As it came: `HTTP/1.1 401 Unauthorized`. */
  readonly statusLine: string
  readonly headers: ReadonlyMap<string, string>
  /** As far as it was read. */
  readonly body: string
}

/** What the bytes so far are: too few to say, no HTTP/1, or an answer (`complete` when nothing more is to come). */
export type ReadAnswer =
  | { readonly state: 'more' }
  | { readonly state: 'not-http' }
  | { readonly state: 'answer'; readonly complete: boolean; readonly answer: HttpAnswer }

const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d{2})(?: [^\r\n]*)?$/

/** Reads what came so far. Interim answers (1xx) are passed over, as clients do. */
export function readAnswer(bytes: Buffer): ReadAnswer {
  const text = bytes.toString('latin1')
  const start = text.slice(0, 7)
  if (!'HTTP/1.'.startsWith(start)) return { state: 'not-http' }
  const lineEnd = text.indexOf('\n')
  if (lineEnd < 0) return text.length > 1000 ? { state: 'not-http' } : { state: 'more' }
  const statusLine = text.slice(0, lineEnd).replace(/\r$/, '')
  const status = Number(STATUS_LINE.exec(statusLine)?.[1] ?? 0)
  if (status === 0) return { state: 'not-http' }
  const head = /\r?\n\r?\n/.exec(text)
  if (head === null) return partial(status, statusLine)
  const bodyAt = head.index + head[0].length
  if (status < 200) {
    return bodyAt < bytes.length ? readAnswer(bytes.subarray(bodyAt)) : { state: 'more' }
  }
  const headers = headersOf(text.slice(lineEnd + 1, head.index))
  const raw = bytes.subarray(bodyAt)
  const { body, complete } = bodyOf(raw, headers, status)
  return { state: 'answer', complete, answer: { kind: 'http', status, statusLine, headers, body } }
}

/** A status line without the end of its headers: an answer already, should nothing more come. */
function partial(status: number, statusLine: string): ReadAnswer {
  if (status < 200) return { state: 'more' }
  return {
    state: 'answer',
    complete: false,
    answer: { kind: 'http', status, statusLine, headers: new Map(), body: '' },
  }
}

function headersOf(text: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at > 0) headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
  }
  return headers
}

function bodyOf(
  raw: Buffer,
  headers: ReadonlyMap<string, string>,
  status: number,
): { body: string; complete: boolean } {
  if (status === 204 || status === 304) return { body: '', complete: true }
  if (/\bchunked\b/i.test(headers.get('transfer-encoding') ?? '')) return unchunked(raw)
  const length = Number(headers.get('content-length') ?? Number.NaN)
  if (Number.isSafeInteger(length) && length >= 0) {
    return { body: raw.subarray(0, length).toString(), complete: raw.length >= length }
  }
  return { body: raw.toString(), complete: false }
}

/** The parts of a chunked body that came so far (RFC 9112, 7.1). */
function unchunked(raw: Buffer): { body: string; complete: boolean } {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = raw.indexOf('\n', at)
    if (lineEnd < 0) break
    const size = Number.parseInt(raw.toString('latin1', at, lineEnd), 16)
    if (!Number.isSafeInteger(size) || size < 0) break
    if (size === 0) return { body: Buffer.concat(parts).toString(), complete: true }
    parts.push(raw.subarray(lineEnd + 1, lineEnd + 1 + size))
    at = lineEnd + 1 + size + 2
    if (at >= raw.length) break
  }
  return { body: Buffer.concat(parts).toString(), complete: false }
}
