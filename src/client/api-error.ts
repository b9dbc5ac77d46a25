import { asNumber, asObject, asString, RampartError, type JsonObject } from '../model/index.js'

/** What a server answered instead of what was asked for: the HTTP status and what its Status object says. */
export class ApiError extends RampartError {
  constructor(
    readonly status: number,
    /** The machine's word of the Status: Forbidden, NotFound, Expired ...; empty where the answer holds none. */
    readonly reason: string,
    /** The Status object as the server sent it; empty where it sent another thing. */
    readonly body: JsonObject,
    message: string,
  ) {
    super(status === 401 || status === 403 ? 'not-allowed' : 'unreachable', message)
  }
}

/** Words for an answer whose reason the server did not give. Source: apimachinery pkg/api/errors, NewGenericServerResponse. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

/** More of an answer that is no Status is not shown. */
const SHOWN = 300

/** The error for an answer; `asked` says what was wanted, as `GET /api/v1/pods`. */
export function apiError(status: number, text: string, asked: string): ApiError {
  const body = statusObject(text)
  const given = asString(body.reason) ?? ''
  const reason = given === '' || given === 'Unknown' ? (REASONS[status] ?? '') : given
  const message = asString(body.message) ?? (body.kind === undefined ? oneLine(text) : '')
  const said = message === '' ? '' : `: ${message}`
  return new ApiError(status, reason, body, `${asked}: the server answered ${status} ${reason}${said}`)
}

/** The error for a Status that came inside of an answer, as the last event of a watch. */
export function apiErrorOf(status: JsonObject, asked: string): ApiError {
  return apiError(asNumber(status.code) ?? 500, JSON.stringify(status), asked)
}

/** Seconds that the server asks to wait in the details of its Status, where it says so. */
export function retryAfterSeconds(error: ApiError): number | undefined {
  return asNumber(asObject(error.body.details).retryAfterSeconds)
}

function statusObject(text: string): JsonObject {
  try {
    const body = asObject(JSON.parse(text))
    return body.kind === 'Status' ? body : {}
  } catch {
    return {}
  }
}

/** What a server that is no API server says must not act on a terminal, nor fill it. */
function oneLine(text: string): string {
  const plain = text.replace(/<[^>]{0,1000}>/g, ' ').replace(/[^\x20-\x7e\u00a1-\uffff]+/g, ' ')
  return plain.replace(/ {2,}/g, ' ').trim().slice(0, SHOWN)
}
