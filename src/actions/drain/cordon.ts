import type { ApiClient } from '../../client/index.js'
import { asString, field, valueAt, type JsonObject } from '../../model/index.js'
import { statusError, type DrainError } from './drain-error.js'
import { UNOBSERVED, type DrainObserver } from './drain-event.js'
import type { DryRun } from './drain-options.js'

export interface CordonOptions {
  readonly dryRun?: DryRun
  readonly signal?: AbortSignal
}

/** Whether new pods may be put on a node, after it was asked to change that. */
export type CordonOutcome =
  | { readonly kind: 'changed' | 'already'; readonly node: string }
  | { readonly kind: 'failed'; readonly node: string; readonly error: DrainError }

export function nodePath(name: string): string {
  return `/api/v1/nodes/${encodeURIComponent(name)}`
}

/** Keeps new pods off a node. Pods that are there stay. Throws where the server does not answer at all. */
export async function cordonNode(
  client: ApiClient,
  node: string,
  options: CordonOptions = {},
  observer: DrainObserver = UNOBSERVED,
): Promise<CordonOutcome> {
  return changeNode(client, node, true, options, observer)
}

/** Lets new pods on a node again. Throws where the server does not answer at all. */
export async function uncordonNode(
  client: ApiClient,
  node: string,
  options: CordonOptions = {},
  observer: DrainObserver = UNOBSERVED,
): Promise<CordonOutcome> {
  return changeNode(client, node, false, options, observer)
}

async function changeNode(
  client: ApiClient,
  name: string,
  unschedulable: boolean,
  options: CordonOptions,
  observer: DrainObserver,
): Promise<CordonOutcome> {
  let node: JsonObject
  try {
    node = await client.getJson(nodePath(name), undefined, options.signal)
  } catch (thrown) {
    const error = statusError(thrown)
    observer.event({ type: unschedulable ? 'cordon-failed' : 'uncordon-failed', node: name, error })
    return { kind: 'failed', node: name, error }
  }
  return setUnschedulable(client, node, unschedulable, options, observer)
}

/**
 * Sends the patch that kubectl makes from a node as it was read; nothing where the node is so already.
 * Source: kubectl v0.36.3 pkg/drain/cordon.go, PatchOrReplaceWithContext (`unschedulable` is left out where false, so
 * that the patch of an uncordon removes it).
 */
export async function setUnschedulable(
  client: ApiClient,
  node: JsonObject,
  unschedulable: boolean,
  { dryRun = 'none', signal }: CordonOptions,
  observer: DrainObserver,
): Promise<CordonOutcome> {
  const name = asString(valueAt(node, ['metadata', 'name'])) ?? ''
  const already = (field(node.spec, 'unschedulable') === true) === unschedulable
  if (!already && dryRun !== 'client') {
    try {
      await client.sendJson(
        nodePath(name),
        { spec: { unschedulable: unschedulable ? true : null } },
        {
          method: 'PATCH',
          headers: { 'content-type': 'application/strategic-merge-patch+json' },
          ...(dryRun === 'server' ? { query: { dryRun: 'All' } } : {}),
          ...(signal === undefined ? {} : { signal }),
        },
      )
    } catch (thrown) {
      const error = statusError(thrown)
      observer.event({ type: unschedulable ? 'cordon-failed' : 'uncordon-failed', node: name, error })
      return { kind: 'failed', node: name, error }
    }
  }
  observer.event({ type: unschedulable ? 'cordoned' : 'uncordoned', node: name, already, dryRun })
  return { kind: already ? 'already' : 'changed', node: name }
}
