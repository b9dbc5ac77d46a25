import type { ApiClient } from '../../client/index.js'
import { readBudget, type DisruptionBudget } from '../../kube/index.js'
import type { JsonObject } from '../../model/index.js'
import { anyError, textOf, type DrainError } from './drain-error.js'
import { settle, type DrainOptions } from './drain-options.js'
import { nameOf } from './drained-pod.js'
import { forecastDrain, type DrainForecast } from './plan-forecast.js'
import { goes } from './pod-filters.js'
import { choosePodsOf } from './pods-of-node.js'

/** More namespaces than this are asked for in one list of all budgets. */
const ONE_BY_ONE = 5

/**
 * Reads what the drain of a node depends on, and says how it would go; changes nothing. An error where the pods of the
 * node cannot be listed. What else cannot be read is told as unknown.
 */
export async function explainDrain(
  client: ApiClient,
  node: string,
  options: DrainOptions = {},
): Promise<DrainForecast | DrainError> {
  const settled = settle(options)
  const { chosen, errors } = await choosePodsOf(client, node, settled)
  if (chosen === undefined) return errors[0] ?? { kind: 'plain', text: 'the pods could not be listed' }
  const namespaces = chosen.filter(({ fate }) => goes(fate)).map(({ pod }) => nameOf(pod).namespace)
  const { budgets, unknown } = settled.disableEviction
    ? { budgets: [], unknown: [] }
    : await readBudgets(client, [...new Set(namespaces)], settled.signal)
  const { gracePeriodSeconds, disableEviction } = settled
  return forecastDrain({ node, chosen, budgets, unknown, gracePeriodSeconds, disableEviction })
}

async function readBudgets(
  client: ApiClient,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly budgets: readonly DisruptionBudget[]; readonly unknown: readonly string[] }> {
  const found: JsonObject[] = []
  const unknown: string[] = []
  for (const namespace of namespaces.length > ONE_BY_ONE ? [''] : namespaces) {
    const within = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`
    const path = `/apis/policy/v1${within}/poddisruptionbudgets`
    const pages: JsonObject[] = []
    try {
      for await (const page of client.list(path, { signal })) {
        if (page.restarted) pages.length = 0
        pages.push(...page.items)
      }
      found.push(...pages)
    } catch (thrown) {
      signal.throwIfAborted()
      unknown.push(`budgets${namespace === '' ? '' : ` of ${namespace}`}: ${textOf(anyError(thrown))}`)
    }
  }
  return { budgets: found.map(readBudget), unknown }
}
