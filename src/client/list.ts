import { asList, asNumber, asObject, asString, isObject, type JsonObject } from '../model/index.js'
import { ApiError } from './api-error.js'
import type { ApiClient } from './api-client.js'
import type { QueryValues } from './server-url.js'

export interface ListOptions {
  /** Objects of one page; 500 as kubectl asks. 0 asks for everything at once. */
  readonly limit?: number
  readonly query?: QueryValues
  /** Another form of the same objects, as a Table or their metadata alone. */
  readonly accept?: string
  readonly signal?: AbortSignal
}

/** A part of a list. */
export interface ListPage {
  readonly kind: string
  readonly apiVersion: string
  readonly items: readonly JsonObject[]
  /** The page as the server gave it, for forms other than lists. */
  readonly body: JsonObject
  readonly resourceVersion: string
  /** How many the server holds behind this page, where it says so. */
  readonly remaining?: number
  /** The list was begun anew: what came before is to be thrown away. */
  readonly restarted: boolean
  /** False when the list had to go on with a newer state than it began with. */
  readonly consistent: boolean
}

const PAGE = 500
/** A list that expires again and again is finished with the state of then: better than never. */
const RESTARTS = 1

/**
 * The pages of a collection. Where the place in the list has expired (410), the list is begun anew; when that happens
 * again, it goes on with the token that the server gave for that, and says that it is not one state.
 * Source: Kubernetes API concepts, "Retrieving large results sets in chunks"; client-go tools/pager.
 */
export async function* listPages(
  client: Pick<ApiClient, 'json'>,
  path: string,
  { limit = PAGE, query = {}, accept, signal }: ListOptions = {},
): AsyncGenerator<ListPage> {
  let next = ''
  let restarts = 0
  let restarted = false
  let consistent = true
  for (;;) {
    let body: JsonObject
    try {
      body = await client.json({
        path,
        query: { ...query, limit: limit > 0 ? limit : undefined, continue: next === '' ? undefined : next },
        ...(accept === undefined ? {} : { headers: { accept } }),
        ...(signal === undefined ? {} : { signal }),
      })
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 410 || next === '') throw error
      const goOn = asString(asObject(error.body.metadata).continue) ?? ''
      if (restarts < RESTARTS || goOn === '') {
        if (restarts > 2 * RESTARTS) throw error
        restarts += 1
        restarted = true
        next = ''
      } else {
        consistent = false
        next = goOn
      }
      continue
    }
    const metadata = asObject(body.metadata)
    const remaining = asNumber(metadata.remainingItemCount)
    yield {
      kind: asString(body.kind) ?? '',
      apiVersion: asString(body.apiVersion) ?? '',
      items: asList(body.items).filter(isObject),
      body,
      resourceVersion: asString(metadata.resourceVersion) ?? '',
      ...(remaining === undefined ? {} : { remaining }),
      restarted,
      consistent,
    }
    restarted = false
    next = asString(metadata.continue) ?? ''
    if (next === '') return
  }
}
