import { ApiError } from '../../client/index.js'
import { asList, asObject, asString, field, RampartError, type JsonObject } from '../../model/index.js'
import { goQuote } from '../../text/index.js'

/** What went wrong, in the shapes that kubectl prints differently. */
export type DrainError =
  /** A sentence. */
  | { readonly kind: 'plain'; readonly text: string }
  /** What the server answered instead. */
  | {
      readonly kind: 'status'
      readonly text: string
      readonly code: number
      readonly reason: string
      readonly status: JsonObject
    }
  | { readonly kind: 'several'; readonly errors: readonly DrainError[] }

export function plain(text: string): DrainError {
  return { kind: 'plain', text }
}

export function several(errors: readonly DrainError[]): DrainError {
  return { kind: 'several', errors }
}

/** An answer of the server; errors of other kinds (no answer at all) are not a matter of a drain and are thrown on. */
export function statusError(error: unknown): DrainError {
  if (!(error instanceof ApiError)) throw error
  return {
    kind: 'status',
    text: asString(error.body.message) ?? error.message,
    code: error.status,
    // Only what the server said itself: an answer without a reason is printed without one.
    reason: asString(error.body.reason) ?? '',
    status: error.body,
  }
}

/** As `statusError`, but errors of the network are told as sentences: for one pod among many. */
export function anyError(error: unknown): DrainError {
  if (error instanceof ApiError) return statusError(error)
  if (error instanceof RampartError) return plain(error.message)
  throw error
}

/** An error in one line. Source: apimachinery v0.36.3 pkg/util/errors/errors.go, aggregate.Error. */
export function textOf(error: DrainError): string {
  if (error.kind !== 'several') return error.text
  const [first] = error.errors
  if (first !== undefined && error.errors.length === 1) return textOf(first)
  const texts = [...new Set(leaves(error).map(textOf))]
  return texts.length < 2 ? (texts[0] ?? '') : `[${texts.join(', ')}]`
}

function leaves(error: DrainError): DrainError[] {
  return error.kind === 'several' ? error.errors.flatMap(leaves) : [error]
}

/** What kubectl says last, before it ends with 1. Source: kubectl v0.36.3 pkg/cmd/util/helpers.go, checkErr. */
export function lastWords(errors: readonly DrainError[]): string {
  const [only] = errors
  const error = errors.length === 1 && only !== undefined ? only : several(errors)
  if (error.kind === 'several')
    return error.errors.map((each) => `${standard(each) ?? textOf(each)}\n`).join('')
  if (error.kind === 'status' && error.reason === 'Invalid') return `${invalid(error.status)}\n`
  const text = standard(error)
  if (text !== undefined) return `${text}\n`
  return `${error.text.startsWith('error: ') ? '' : 'error: '}${error.text}\n`
}

function standard(error: DrainError): string | undefined {
  if (error.kind !== 'status') return undefined
  if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.text})`
  return `Error from server${error.reason === '' ? '' : ` (${error.reason})`}: ${error.text}`
}

function invalid(status: JsonObject): string {
  const { details } = status
  const message = asString(status.message) ?? ''
  if (details === undefined) return `The request is invalid${message === '' ? '' : `: ${message}`}`
  const { kind, name } = asObject(details)
  const causes = [
    ...new Set(
      asList(field(details, 'causes')).map(
        (cause) => `${asString(field(cause, 'field')) ?? ''}: ${asString(field(cause, 'message')) ?? ''}`,
      ),
    ),
  ]
  let text = 'The request is invalid'
  if (kind !== undefined || name !== undefined)
    text = `The ${asString(kind) ?? ''} ${goQuote(asString(name) ?? '')} is invalid`
  else if (message !== '' && causes.length === 0) text += `: ${message}`
  if (causes.length === 0) return text
  return causes.length === 1
    ? `${text}: ${causes[0] ?? ''}`
    : `${text}: \n${causes.map((cause) => `* ${cause}`).join('\n')}`
}

/** Whether the server answered so. Source: apimachinery v0.36.3 pkg/api/errors, IsNotFound and its like: reason or code. */
export function isStatus(error: DrainError, code: number, reason: string): boolean {
  return error.kind === 'status' && (error.reason === reason || (error.reason === '' && error.code === code))
}

/** The namespace of a pod is being deleted: nothing can be made there, evictions neither. */
export function namespaceEnds(error: DrainError): boolean {
  return (
    isStatus(error, 403, 'Forbidden') &&
    error.kind === 'status' &&
    asList(field(error.status.details, 'causes')).some(
      (cause) => field(cause, 'reason') === 'NamespaceTerminating',
    )
  )
}
