import { asList, asString, field, valueAt, type JsonObject } from '../../model/index.js'
import { budgetsOver, whyNever, type DisruptionBudget } from './budget.js'

/** What the API server would answer to the eviction of a pod now, and whether it can become another answer. */
export type EvictionJudgement =
  /** No budget is asked, or the pod does not count for it. */
  | { readonly kind: 'free'; readonly because: string; readonly budget?: DisruptionBudget }
  /** The budget allows it now, and then one less. */
  | { readonly kind: 'counted'; readonly budget: DisruptionBudget }
  /** Refused now (429); other pods becoming healthy can change it. */
  | { readonly kind: 'held'; readonly budget: DisruptionBudget; readonly because: string }
  /** Refused (429) until somebody changes the budget, or how many pods there should be. */
  | { readonly kind: 'never'; readonly budget: DisruptionBudget; readonly because: string }
  /** An error that no waiting ends: two budgets (500). */
  | { readonly kind: 'refused'; readonly budgets: readonly DisruptionBudget[]; readonly because: string }
  /** The controller has not said what the budget allows. */
  | { readonly kind: 'unknown'; readonly budget: DisruptionBudget; readonly because: string }

/**
 * Follows the API server, question by question.
 * Source: kubernetes v1.36.3 pkg/registry/core/pod/storage/eviction.go, Create, canIgnorePDB and checkAndDecrement.
 */
export function judgeEviction(pod: JsonObject, budgets: readonly DisruptionBudget[]): EvictionJudgement {
  const phase = asString(valueAt(pod, ['status', 'phase'])) ?? ''
  if (valueAt(pod, ['metadata', 'deletionTimestamp']) !== undefined)
    return { kind: 'free', because: 'it is being deleted already' }
  if (['Succeeded', 'Failed', 'Pending'].includes(phase)) return { kind: 'free', because: `it is ${phase}` }
  const over = budgetsOver(pod, budgets)
  const [budget] = over
  if (budget === undefined) return { kind: 'free', because: 'no budget is about it' }
  if (over.length > 1) {
    const names = over.map(({ name }) => name).join(' and ')
    return {
      kind: 'refused',
      budgets: over,
      because: `the server evicts no pod with more than one budget: ${names}`,
    }
  }
  const { status } = budget
  const ready = isReady(pod)
  if (!ready && budget.alwaysAllowsUnhealthy)
    return { kind: 'free', because: 'it is not ready, and its budget lets such pods go', budget }
  if (
    !ready &&
    status !== undefined &&
    status.currentHealthy >= status.desiredHealthy &&
    status.desiredHealthy > 0
  )
    return { kind: 'free', because: 'it is not ready, and enough others are', budget }
  if (status === undefined)
    return { kind: 'unknown', budget, because: 'the disruption controller has not written its status' }
  if (!status.current)
    return { kind: 'unknown', budget, because: 'the disruption controller has not seen its last change' }
  if (status.disruptionsAllowed > 0) return { kind: 'counted', budget }
  if (status.disruptionsAllowed < 0)
    return { kind: 'refused', budgets: [budget], because: 'its status allows less than nothing' }
  if (status.syncFailed !== undefined)
    return { kind: 'never', budget, because: `its controller cannot reckon it: ${status.syncFailed}` }
  const never = whyNever(budget)
  if (never !== undefined) return { kind: 'never', budget, because: never }
  const because = `${status.currentHealthy} of its pods are healthy, and it wants ${status.desiredHealthy}`
  return { kind: 'held', budget, because: ready ? because : `${because}; the pod itself is not ready` }
}

/** Source: kubernetes v1.36.3 pkg/api/v1/pod/util.go, IsPodReady. */
export function isReady(pod: JsonObject): boolean {
  return asList(valueAt(pod, ['status', 'conditions'])).some(
    (each) => field(each, 'type') === 'Ready' && field(each, 'status') === 'True',
  )
}
