import type { JsonObject } from '../../model/index.js'
import type { Settled } from './drain-options.js'
import {
  deletionTime,
  hasLocalStorage,
  inFull,
  isFinished,
  isMirror,
  nameOf,
  podController,
} from './drained-pod.js'

/** What is to be done with one pod, and what is said about it. */
export type PodFate =
  | { readonly kind: 'goes' }
  | { readonly kind: 'stays' }
  /** Goes or stays with a warning. */
  | { readonly kind: 'warning'; readonly goes: boolean; readonly message: string }
  /** Nothing is evicted at all because of it. */
  | { readonly kind: 'error'; readonly message: string }

export interface ChosenPod {
  readonly pod: JsonObject
  readonly fate: PodFate
}

/** Whether a DaemonSet is there; what the server says where not. */
export type DaemonSetSeen =
  { readonly found: true } | { readonly found: false; readonly absent: boolean; readonly message: string }
export type FindDaemonSet = (namespace: string, name: string) => Promise<DaemonSetSeen>

export type FilterOptions = Pick<
  Settled,
  'force' | 'ignoreDaemonSets' | 'deleteEmptyDirData' | 'skipWaitForDeleteTimeoutSeconds'
>

type Filter = (pod: JsonObject) => PodFate | Promise<PodFate>

const GOES: PodFate = { kind: 'goes' }
const STAYS: PodFate = { kind: 'stays' }

/**
 * The fate of each pod. The filters are asked in kubectl's order until one keeps the pod; of several warnings the last
 * one stands, and a filter that lets the pod pass without one clears it.
 * Source: kubectl v0.36.3 pkg/drain/filters.go, makeFilters; drain.go, filterPods.
 */
export async function choosePods(
  pods: readonly JsonObject[],
  options: FilterOptions,
  findDaemonSet: FindDaemonSet,
  now: () => number = Date.now,
): Promise<ChosenPod[]> {
  const filters: readonly Filter[] = [
    (pod) => (isOverdue(pod, options.skipWaitForDeleteTimeoutSeconds, now()) ? STAYS : GOES),
    (pod) => daemonSetFate(pod, options, findDaemonSet),
    (pod) => (isMirror(pod) ? STAYS : GOES),
    (pod) => localStorageFate(pod, options),
    (pod) => unmanagedFate(pod, options),
  ]
  const chosen: ChosenPod[] = []
  for (const pod of pods) {
    let fate = GOES
    for (const filter of filters) {
      fate = await filter(pod)
      if (!goes(fate)) break
    }
    chosen.push({ pod, fate })
  }
  return chosen
}

export function goes(fate: PodFate): boolean {
  return fate.kind === 'goes' || (fate.kind === 'warning' && fate.goes)
}

/** Whether a pod was to be gone more than so many whole seconds ago. Source: filters.go, shouldSkipPod. */
export function isOverdue(pod: JsonObject, seconds: number, now: number): boolean {
  if (seconds <= 0) return false
  const due = deletionTime(pod)
  return due !== undefined && Math.trunc((now - due) / 1000) > seconds
}

/** Pods of a DaemonSet stay, whatever is asked; those of one that is gone may be forced to go. */
async function daemonSetFate(
  pod: JsonObject,
  options: FilterOptions,
  findDaemonSet: FindDaemonSet,
): Promise<PodFate> {
  const controller = podController(pod)
  if (controller?.kind !== 'DaemonSet' || controller.apiVersion !== 'apps/v1' || isFinished(pod)) return GOES
  const seen = await findDaemonSet(nameOf(pod).namespace, controller.name)
  if (!seen.found) {
    return seen.absent && options.force
      ? { kind: 'warning', goes: true, message: seen.message }
      : { kind: 'error', message: seen.message }
  }
  return options.ignoreDaemonSets
    ? { kind: 'warning', goes: false, message: 'ignoring DaemonSet-managed Pods' }
    : { kind: 'error', message: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' }
}

function localStorageFate(pod: JsonObject, { deleteEmptyDirData }: FilterOptions): PodFate {
  if (!hasLocalStorage(pod) || isFinished(pod)) return GOES
  return deleteEmptyDirData
    ? { kind: 'warning', goes: true, message: 'deleting Pods with local storage' }
    : { kind: 'error', message: 'Pods with local storage (use --delete-emptydir-data to override)' }
}

function unmanagedFate(pod: JsonObject, { force }: FilterOptions): PodFate {
  if (isFinished(pod) || podController(pod) !== undefined) return GOES
  return force
    ? { kind: 'warning', goes: true, message: 'deleting Pods that declare no controller' }
    : { kind: 'error', message: 'Pods that declare no controller (use --force to override)' }
}

/** All warnings in one line; empty where there are none. Source: filters.go, Warnings (there in chance order). */
export function warningsOf(chosen: readonly ChosenPod[]): string {
  return grouped(chosen, 'warning')
    .map(([message, pods]) => `${message}: ${pods.join(', ')}`)
    .join('; ')
}

/** One sentence for each kind of error. Source: filters.go, errors. */
export function errorsOf(chosen: readonly ChosenPod[]): string[] {
  return grouped(chosen, 'error').map(
    ([message, pods]) => `cannot delete ${message === '' ? 'unexpected error' : message}: ${pods.join(', ')}`,
  )
}

function grouped(chosen: readonly ChosenPod[], kind: 'warning' | 'error'): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const { pod, fate } of chosen) {
    if (fate.kind !== kind) continue
    const group = groups.get(fate.message)
    if (group === undefined) groups.set(fate.message, [inFull(nameOf(pod))])
    else group.push(inFull(nameOf(pod)))
  }
  return [...groups]
}
