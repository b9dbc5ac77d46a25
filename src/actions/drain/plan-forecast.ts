import { judgeEviction, type DisruptionBudget, type EvictionJudgement } from '../../kube/index.js'
import { asNumber, asStrings, field, valueAt, type JsonObject } from '../../model/index.js'
import { deletionTime, hasLocalStorage, inFull, nameOf, podController, type PodName } from './drained-pod.js'
import { errorsOf, goes, type ChosenPod } from './pod-filters.js'

/** One pod that a drain would remove. */
export interface ForecastPod extends PodName {
  readonly eviction: EvictionJudgement['kind']
  /** Why the server lets it go or not; empty where its budget allows it. */
  readonly because: string
  /** The budgets that have a say, as `NAMESPACE/NAME`. */
  readonly budgets: readonly string[]
  /** Seconds that it gets to end. */
  readonly grace: number
  /** When it is to be gone, where it is being deleted already. */
  readonly due?: string
  /** It stays in the API until somebody removes these. */
  readonly finalizers: readonly string[]
  /** Nothing makes it again elsewhere. */
  readonly unmanaged: boolean
  /** The contents of its emptyDir volumes are lost. */
  readonly losesData: boolean
}

/** One budget that pods of the node are under. */
export interface ForecastBudget extends PodName {
  readonly rule: string
  /** Pods of the node that count for it. */
  readonly pods: readonly PodName[]
  /** As the disruption controller wrote it last. */
  readonly healthy?: number
  readonly wanted?: number
  readonly expected?: number
  readonly allowed?: number
  /** Unready pods may go whatever it says (`unhealthyPodEvictionPolicy: AlwaysAllow`). */
  readonly freesUnhealthy: boolean
}

/**
 * Whether the drain of a node can finish as things are.
 * - can: the server lets every pod go now
 * - waits: some go only when other pods have become healthy elsewhere
 * - cannot: something stands in the way that no waiting ends
 * - unknown: what would be needed to know could not be read
 */
export type DrainVerdict = 'can' | 'waits' | 'cannot' | 'unknown'

export interface DrainForecast {
  readonly node: string
  readonly verdict: DrainVerdict
  /** What kubectl's filters refuse: with any of it nothing is evicted. */
  readonly refusals: readonly string[]
  readonly pods: readonly ForecastPod[]
  readonly stays: readonly (PodName & { readonly because: string })[]
  readonly budgets: readonly ForecastBudget[]
  /** The longest time that a pod gets to end, in seconds. */
  readonly longestGrace: number
  /** What could not be read. */
  readonly unknown: readonly string[]
}

export interface ForecastInput {
  readonly node: string
  readonly chosen: readonly ChosenPod[]
  readonly budgets: readonly DisruptionBudget[]
  readonly unknown: readonly string[]
  /** As the option: below zero is each pod's own. */
  readonly gracePeriodSeconds: number
  /** Budgets are not asked. */
  readonly disableEviction: boolean
}

/** Source: kubernetes v1.36.3 pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec. */
const USUAL_GRACE = 30

/** Says beforehand how a drain would go, from what was read. */
export function forecastDrain(input: ForecastInput): DrainForecast {
  const { node, chosen, unknown } = input
  const refusals = errorsOf(chosen)
  const going = chosen.filter(({ fate }) => goes(fate)).map(({ pod }) => pod)
  const judged = going.map((pod) => ({ pod, eviction: judge(pod, input) }))
  const budgets = budgetsOf(judged)
  const pods = judged.map(({ pod, eviction }) => forecastPod(pod, eviction, input))
  return {
    node,
    verdict: verdictOf(refusals, judged, budgets, unknown),
    refusals,
    pods,
    stays: chosen
      .filter(({ fate }) => !goes(fate) && fate.kind !== 'error')
      .map(({ pod, fate }) => ({ ...nameOf(pod), because: whyItStays(pod, fate.kind === 'warning') })),
    budgets,
    longestGrace: Math.max(0, ...pods.map(({ grace }) => grace)),
    unknown,
  }
}

function judge(pod: JsonObject, { budgets, disableEviction }: ForecastInput): EvictionJudgement {
  return disableEviction
    ? { kind: 'free', because: 'it is deleted without asking budgets' }
    : judgeEviction(pod, budgets)
}

interface Judged {
  readonly pod: JsonObject
  readonly eviction: EvictionJudgement
}

function verdictOf(
  refusals: readonly string[],
  judged: readonly Judged[],
  budgets: readonly ForecastBudget[],
  unknown: readonly string[],
): DrainVerdict {
  const kinds = new Set(judged.map(({ eviction }) => eviction.kind))
  if (refusals.length > 0 || kinds.has('never') || kinds.has('refused')) return 'cannot'
  if (unknown.length > 0 || kinds.has('unknown')) return 'unknown'
  const inTurns = budgets.some(({ pods, allowed }) => pods.length > (allowed ?? 0))
  return kinds.has('held') || inTurns ? 'waits' : 'can'
}

function budgetsOf(judged: readonly Judged[]): ForecastBudget[] {
  const found = new Map<DisruptionBudget, PodName[]>()
  for (const { pod, eviction } of judged) {
    if (eviction.kind === 'free') continue
    for (const budget of eviction.kind === 'refused' ? eviction.budgets : [eviction.budget]) {
      found.set(budget, [...(found.get(budget) ?? []), nameOf(pod)])
    }
  }
  return [...found].map(([budget, pods]) => ({
    namespace: budget.namespace,
    name: budget.name,
    rule: budget.rule,
    pods,
    ...(budget.status === undefined
      ? {}
      : {
          healthy: budget.status.currentHealthy,
          wanted: budget.status.desiredHealthy,
          expected: budget.status.expectedPods,
          allowed: budget.status.disruptionsAllowed,
        }),
    freesUnhealthy: budget.alwaysAllowsUnhealthy,
  }))
}

function forecastPod(
  pod: JsonObject,
  eviction: EvictionJudgement,
  { gracePeriodSeconds }: ForecastInput,
): ForecastPod {
  const due = deletionTime(pod)
  const own = asNumber(valueAt(pod, ['spec', 'terminationGracePeriodSeconds'])) ?? USUAL_GRACE
  const budgets =
    eviction.kind === 'refused' ? eviction.budgets : eviction.budget === undefined ? [] : [eviction.budget]
  return {
    ...nameOf(pod),
    eviction: eviction.kind,
    because: 'because' in eviction ? eviction.because : '',
    budgets: budgets.map(inFull),
    grace: gracePeriodSeconds >= 0 ? gracePeriodSeconds : own,
    ...(due === undefined ? {} : { due: new Date(due).toISOString() }),
    finalizers: asStrings(field(pod.metadata, 'finalizers')),
    unmanaged: podController(pod) === undefined,
    losesData: hasLocalStorage(pod),
  }
}

function whyItStays(pod: JsonObject, daemon: boolean): string {
  if (daemon) return `its DaemonSet ${podController(pod)?.name ?? ''} would make it again here`
  return deletionTime(pod) === undefined
    ? 'the kubelet runs it from a file (mirror pod)'
    : 'its deletion is overdue, and it is not waited for'
}
