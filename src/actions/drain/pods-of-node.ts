import type { ApiClient } from '../../client/index.js'
import type { JsonObject } from '../../model/index.js'
import { goQuote } from '../../text/index.js'
import { anyError, isStatus, plain, statusError, textOf, type DrainError } from './drain-error.js'
import type { Settled } from './drain-options.js'
import {
  choosePods,
  errorsOf,
  warningsOf,
  type ChosenPod,
  type DaemonSetSeen,
  type FindDaemonSet,
} from './pod-filters.js'
import { isLabelSelector, selectorText } from './selector-text.js'

/** The pods of a node after the filters, or why they could not be read. */
export interface ChosenPods {
  /** Undefined where the list itself failed. */
  readonly chosen?: readonly ChosenPod[]
  readonly warnings: string
  readonly errors: readonly DrainError[]
}

/** Reads a node's pods and asks the filters. Throws where the server does not answer at all. */
export async function choosePodsOf(client: ApiClient, node: string, settled: Settled): Promise<ChosenPods> {
  if (!isLabelSelector(settled.podSelector)) {
    return { warnings: '', errors: [plain(`${goQuote(settled.podSelector)} is no label selector`)] }
  }
  let pods: JsonObject[]
  try {
    pods = await podsOf(client, node, settled)
  } catch (thrown) {
    return { warnings: '', errors: [listError(statusError(thrown), node, selectorText(settled.podSelector))] }
  }
  const chosen = await choosePods(pods, settled, findDaemonSet(client, settled.signal))
  return { chosen, warnings: warningsOf(chosen), errors: errorsOf(chosen).map(plain) }
}

/** Every pod that is bound to a node and has the labels of the selector, in pages. */
export async function podsOf(
  client: ApiClient,
  node: string,
  { podSelector, chunkSize, signal }: Pick<Settled, 'podSelector' | 'chunkSize' | 'signal'>,
): Promise<JsonObject[]> {
  let pods: JsonObject[] = []
  const query = {
    fieldSelector: `spec.nodeName=${node}`,
    ...(podSelector === '' ? {} : { labelSelector: selectorText(podSelector) }),
  }
  for await (const page of client.list('/api/v1/pods', { limit: chunkSize, query, signal })) {
    // A list whose place expired begins anew, where kubectl gives up.
    if (page.restarted) pods = []
    pods = [...pods, ...page.items]
  }
  return pods
}

/** Source: cli-runtime v0.36.3 pkg/resource/helper.go, EnhanceListError. */
function listError(error: DrainError, node: string, labels: string): DrainError {
  if (error.kind !== 'status') return error
  if (!isStatus(error, 400, 'BadRequest') && !isStatus(error, 404, 'NotFound')) return error
  const selectors = `label selector ${goQuote(labels)}, field selector ${goQuote(`spec.nodeName=${node}`)}`
  return { ...error, text: `Unable to find "/v1, Resource=pods" that match ${selectors}: ${error.text}` }
}

function findDaemonSet(client: ApiClient, signal: AbortSignal): FindDaemonSet {
  return async (namespace, name): Promise<DaemonSetSeen> => {
    const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/daemonsets/${encodeURIComponent(name)}`
    try {
      await client.getJson(path, undefined, signal)
      return { found: true }
    } catch (thrown) {
      signal.throwIfAborted()
      const error = anyError(thrown)
      return { found: false, absent: isStatus(error, 404, 'NotFound'), message: textOf(error) }
    }
  }
}
