import { asNumber, asString, field, isObject } from '../../model/index.js'
import { parseAnswer } from './parse-answer.js'

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly status: number
  readonly contentType: string | undefined
  readonly retryAfter: string | undefined
  readonly body: string
}

/** A body to look at, or what went wrong and whether another try may mend it. */
export type JudgedAnswer =
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'failure'; readonly message: string; readonly retry: boolean }

/** Reasons of a Status for which a call is tried again. */
const RETRIED: ReadonlySet<string> = new Set(['InternalError', 'Timeout', 'TooManyRequests'])
/** Source: apimachinery v0.36.2 pkg/api/errors/errors.go, knownReasons; with others the code decides. */
const KNOWN: ReadonlySet<string> = new Set([
  ...RETRIED,
  ...[
    'Unauthorized',
    'Forbidden',
    'NotFound',
    'AlreadyExists',
    'Conflict',
    'Gone',
    'Invalid',
    'ServerTimeout',
  ],
  ...['StoreReadError', 'BadRequest', 'MethodNotAllowed', 'NotAcceptable', 'RequestEntityTooLarge'],
  ...['UnsupportedMediaType', 'Expired', 'ServiceUnavailable'],
])

/**
 * What client-go and the webhook's retries make of an answer: 200 to 206 are one; of others the Status in the body
 * counts, else the code.
 * Source: client-go v0.36.2 rest/request.go, transformResponse and Result.Error; apiserver v0.36.2
 * pkg/util/webhook/webhook.go, DefaultShouldRetry.
 */
export function judgeAnswer(answer: HttpAnswer): JudgedAnswer {
  const { status, contentType, body } = answer
  const told = `the webhook answered with HTTP status ${status}`
  if (contentType !== undefined && contentType !== '' && !isMediaType(contentType)) {
    return { kind: 'failure', message: 'the `Content-Type` of its answer is none', retry: true }
  }
  if (status >= 200 && status <= 206) {
    if (body !== '') return { kind: 'body', body }
    return { kind: 'failure', message: `${told} and nothing else`, retry: false }
  }
  const error = statusError(body)
  if (error !== undefined) return { kind: 'failure', ...error, message: `${told}: ${error.message}` }
  const text = body.trim().replace(/\s+/g, ' ').slice(0, 200)
  const retry = isRetriedCode(status) || (retryAfterSeconds(answer) ?? 0) > 0
  return { kind: 'failure', message: text === '' ? told : `${told}: ${text}`, retry }
}

/** Codes of server errors are internal errors, but for 503. Source: errors.go, NewGenericServerResponse. */
function isRetriedCode(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 503)
}

/** Whole seconds, as Go's strconv.Atoi reads them; dates are not looked at. Source: request.go, retryAfterSeconds. */
export function retryAfterSeconds({ retryAfter }: HttpAnswer): number | undefined {
  return retryAfter !== undefined && /^[+-]?\d{1,18}$/.test(retryAfter) ? Number(retryAfter) : undefined
}

/** Seconds after which client-go itself asks again. Source: client-go rest/with_retry.go, checkWait. */
export function repeatAfter(answer: HttpAnswer): number | undefined {
  return answer.status === 429 || answer.status >= 500 ? retryAfterSeconds(answer) : undefined
}

/** The failure that a Status in the body tells of; a Status needs its kind and `status: Failure`. */
function statusError(body: string): { message: string; retry: boolean } | undefined {
  const parsed = body === '' ? undefined : parseAnswer(body)
  const content = parsed !== undefined && 'value' in parsed ? parsed.value : undefined
  if (!isObject(content) || content.kind !== 'Status' || content.status !== 'Failure') return undefined
  if (!['v1', '', undefined].includes(asString(content.apiVersion) ?? undefined)) return undefined
  const reason = asString(content.reason) ?? ''
  const code = asNumber(content.code) ?? 0
  const details = content.details
  const wait = asNumber(field(details, 'retryAfterSeconds')) ?? 0
  const retry =
    RETRIED.has(reason) ||
    code === 429 ||
    (!KNOWN.has(reason) && (code === 500 || code === 504)) ||
    (isObject(details) && (reason === 'ServerTimeout' || wait > 0))
  const message = asString(content.message) ?? ''
  return { message: [reason, message].filter((text) => text !== '').join(', '), retry }
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+"
const MEDIA_TYPE = new RegExp(
  `^\\s*${TOKEN}(?:/${TOKEN})?\\s*(?:;\\s*${TOKEN}=(?:${TOKEN}|"(?:[^"\\\\]|\\\\.)*")\\s*)*;?\\s*$`,
)

/** Source: Go mime/mediatype.go, ParseMediaType. */
function isMediaType(text: string): boolean {
  return text.length < 1000 && MEDIA_TYPE.test(text)
}
