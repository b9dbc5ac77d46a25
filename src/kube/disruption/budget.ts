import {
  asList,
  asNumber,
  asObject,
  asString,
  field,
  isObject,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import { selectorMatches } from '../label-selector.js'

/** A PodDisruptionBudget (policy/v1), as far as evictions depend on it. */
export interface DisruptionBudget {
  readonly namespace: string
  readonly name: string
  readonly selector: JsonValue | undefined
  /** `minAvailable 2`, `maxUnavailable 10%`; empty where it says neither. */
  readonly rule: string
  readonly minAvailable?: number | string
  readonly maxUnavailable?: number | string
  /** Pods that are not ready may go whatever the budget says. */
  readonly alwaysAllowsUnhealthy: boolean
  /** What the disruption controller last wrote; undefined where it has not written anything yet. */
  readonly status?: BudgetStatus
}

export interface BudgetStatus {
  readonly disruptionsAllowed: number
  readonly currentHealthy: number
  readonly desiredHealthy: number
  readonly expectedPods: number
  /** It is about the budget as it is now. */
  readonly current: boolean
  /** Why the controller could not reckon; then nothing is allowed. */
  readonly syncFailed?: string
}

/** Reads a budget; fields of wrong types are as good as absent. */
export function readBudget(object: JsonObject): DisruptionBudget {
  const spec = asObject(object.spec)
  const minAvailable = amount(spec.minAvailable)
  const maxUnavailable = amount(spec.maxUnavailable)
  const status = readStatus(object)
  return {
    namespace: asString(valueAt(object, ['metadata', 'namespace'])) ?? '',
    name: asString(valueAt(object, ['metadata', 'name'])) ?? '',
    selector: spec.selector,
    rule:
      maxUnavailable === undefined
        ? minAvailable === undefined
          ? ''
          : `minAvailable ${minAvailable}`
        : `maxUnavailable ${maxUnavailable}`,
    ...(minAvailable === undefined ? {} : { minAvailable }),
    ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
    alwaysAllowsUnhealthy: spec.unhealthyPodEvictionPolicy === 'AlwaysAllow',
    ...(status === undefined ? {} : { status }),
  }
}

function amount(value: JsonValue | undefined): number | string | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  return typeof value === 'string' && /^\d{1,9}%?$/.test(value)
    ? value.endsWith('%')
      ? value
      : Number(value)
    : undefined
}

function readStatus(object: JsonObject): BudgetStatus | undefined {
  const { status } = object
  if (!isObject(status) || Object.keys(status).length === 0) return undefined
  const generation = asNumber(valueAt(object, ['metadata', 'generation'])) ?? 0
  const failed = asList(status.conditions).find(
    (each) =>
      field(each, 'type') === 'DisruptionAllowed' &&
      field(each, 'status') === 'False' &&
      field(each, 'reason') === 'SyncFailed',
  )
  return {
    disruptionsAllowed: asNumber(status.disruptionsAllowed) ?? 0,
    currentHealthy: asNumber(status.currentHealthy) ?? 0,
    desiredHealthy: asNumber(status.desiredHealthy) ?? 0,
    expectedPods: asNumber(status.expectedPods) ?? 0,
    current: (asNumber(status.observedGeneration) ?? 0) >= generation,
    ...(failed === undefined ? {} : { syncFailed: asString(field(failed, 'message')) ?? '' }),
  }
}

/**
 * The budgets that select a pod. Source: kubernetes v1.36.3 pkg/registry/core/pod/storage/eviction.go,
 * getPodDisruptionBudgets: those of its namespace; one whose selector is invalid selects nothing.
 */
export function budgetsOver(pod: JsonObject, budgets: readonly DisruptionBudget[]): DisruptionBudget[] {
  const { namespace, labels } = asObject(pod.metadata)
  return budgets.filter(
    (budget) => budget.namespace === namespace && selectorMatches(budget.selector, asObject(labels)),
  )
}

/**
 * How many pods the budget wants healthy of so many that there should be. Percentages are rounded up.
 * Source: kubernetes v1.36.3 pkg/controller/disruption/disruption.go, getExpectedPodCount.
 */
export function desiredHealthy(budget: DisruptionBudget, expected: number): number {
  const { minAvailable, maxUnavailable } = budget
  if (maxUnavailable !== undefined) return Math.max(0, expected - scaled(maxUnavailable, expected))
  return minAvailable === undefined ? 0 : scaled(minAvailable, expected)
}

function scaled(value: number | string, of: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number(value.slice(0, -1)) * of) / 100)
}

/**
 * Why a budget cannot allow the eviction of a healthy pod even when every pod that should be there is healthy; undefined
 * where it can, or where it is not known how many pods there should be.
 */
export function whyNever(budget: DisruptionBudget, expectedPods?: number): string | undefined {
  const { maxUnavailable, minAvailable, status } = budget
  if (maxUnavailable === 0 || maxUnavailable === '0%')
    return `${budget.rule} lets no pod go, whatever their number`
  if (
    maxUnavailable === undefined &&
    typeof minAvailable === 'string' &&
    Number(minAvailable.slice(0, -1)) >= 100
  )
    return `${budget.rule} lets no pod go, whatever their number`
  const expected = expectedPods ?? (status?.current === true ? status.expectedPods : 0)
  if (expected <= 0) return undefined
  const desired = desiredHealthy(budget, expected)
  return desired >= expected
    ? `${budget.rule} wants ${desired} healthy of the ${expected} that there should be`
    : undefined
}
