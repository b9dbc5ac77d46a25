import { apiError, readBody, type ApiClient } from '../../client/index.js'
import { asList, asString, field, isObject, type JsonObject } from '../../model/index.js'
import { anyError, type DrainError } from './drain-error.js'
import type { Settled } from './drain-options.js'
import { nameOf } from './drained-pod.js'

/** `policy/v1`, `policy/v1beta1`; undefined where the server evicts nothing. */
export type EvictionVersion = string | undefined

/**
 * The version of evictions that the server takes, by its discovery.
 * Source: kubectl v0.36.3 pkg/drain/drain.go, CheckEvictionSupport; EvictPod sends v1 or, whatever else is said, v1beta1.
 */
export async function evictionVersion(client: ApiClient, signal: AbortSignal): Promise<EvictionVersion> {
  const found = asList((await client.getJson('/api/v1', undefined, signal)).resources)
    .filter(isObject)
    .find(
      (each) =>
        each.name === 'pods/eviction' &&
        each.kind === 'Eviction' &&
        (asString(each.group) ?? '') !== '' &&
        (asString(each.version) ?? '') !== '',
    )
  if (found === undefined) return undefined
  return found.group === 'policy' && found.version === 'v1' ? 'policy/v1' : 'policy/v1beta1'
}

export function podPath(pod: JsonObject): string {
  const { namespace, name } = nameOf(pod)
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`
}

/** Source: drain.go, makeDeleteOptions. */
export function deleteOptions({ gracePeriodSeconds, dryRun }: Settled): JsonObject {
  return {
    ...(gracePeriodSeconds >= 0 ? { gracePeriodSeconds } : {}),
    ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
  }
}

/** Asks once to evict a pod. */
export function evictPod(
  client: ApiClient,
  pod: JsonObject,
  version: string,
  settled: Settled,
  onWait: (error: DrainError, milliseconds: number) => void,
): Promise<DrainError | undefined> {
  const { namespace, name } = nameOf(pod)
  return send(
    client,
    'POST',
    `${podPath(pod)}/eviction`,
    {
      apiVersion: version,
      kind: 'Eviction',
      metadata: { name, namespace },
      deleteOptions: deleteOptions(settled),
    },
    settled.signal,
    onWait,
  )
}

/** Asks once to delete a pod. */
export function deletePod(
  client: ApiClient,
  pod: JsonObject,
  settled: Settled,
  onWait: (error: DrainError, milliseconds: number) => void,
): Promise<DrainError | undefined> {
  const body = { kind: 'DeleteOptions', apiVersion: 'v1', ...deleteOptions(settled) }
  return send(client, 'DELETE', podPath(pod), body, settled.signal, onWait)
}

/** Source: client-go v0.36.3 rest/request.go, `maxRetries`. */
const TIMES = 10

/**
 * Sends a change. It is sent again only where the server says when (`Retry-After` with 429 or 5xx), as client-go does:
 * a budget that does not allow the eviction now answers 429 without.
 * Source: client-go v0.36.3 rest/with_retry.go, IsNextRetry and checkWait.
 */
async function send(
  client: ApiClient,
  method: string,
  path: string,
  body: JsonObject,
  signal: AbortSignal,
  onWait: (error: DrainError, milliseconds: number) => void,
): Promise<DrainError | undefined> {
  const bytes = Buffer.from(JSON.stringify(body))
  for (let tried = 0; ; tried += 1) {
    let status: number
    let text: string
    let after: string
    try {
      const response = await client.request({
        method,
        path,
        // Node.js says nothing of the length of a body with DELETE, and servers then see none.
        headers: { 'content-type': 'application/json', 'content-length': bytes.length },
        body: bytes,
        retries: { times: 0, first: 0, longest: 0 },
        signal,
      })
      status = response.status
      after = asString(response.headers['retry-after']) ?? ''
      text = await readBody(response.message, client.transport.name)
    } catch (thrown) {
      signal.throwIfAborted()
      return anyError(thrown)
    }
    if (status >= 200 && status <= 299 && !isFailure(text)) return undefined
    const error = anyError(apiError(status, text, `${method} ${path}`))
    if (!/^\d{1,6}$/.test(after) || (status !== 429 && status < 500) || tried >= TIMES) return error
    onWait(error, Number(after) * 1000)
    await pause(Number(after) * 1000, signal)
  }
}

/** A Status of failure may come with any code. */
function isFailure(text: string): boolean {
  if (!text.includes('"Failure"')) return false
  try {
    const value = JSON.parse(text) as JsonObject
    return field(value, 'kind') === 'Status' && field(value, 'status') === 'Failure'
  } catch {
    return false
  }
}

/** Waits; rejects when the signal comes first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, milliseconds)
    const end = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', end, { once: true })
  })
}
