import { asList, asObject, asString, field, valueAt, type JsonObject } from '../../model/index.js'

/** A pod as a drain speaks of it. */
export interface PodName {
  readonly namespace: string
  readonly name: string
}

export interface ControllerRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

export function nameOf(pod: JsonObject): PodName {
  const metadata = asObject(pod.metadata)
  return { namespace: asString(metadata.namespace) ?? '', name: asString(metadata.name) ?? '' }
}

export function uidOf(pod: JsonObject): string {
  return asString(valueAt(pod, ['metadata', 'uid'])) ?? ''
}

/** Milliseconds since the epoch at which the pod is to be gone, where it is being deleted. */
export function deletionTime(pod: JsonObject): number | undefined {
  const text = asString(valueAt(pod, ['metadata', 'deletionTimestamp']))
  const time = text === undefined ? NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

/** Source: apimachinery v0.36.3 pkg/apis/meta/v1/controller_ref.go, GetControllerOf: the first with `controller: true`. */
export function podController(pod: JsonObject): ControllerRef | undefined {
  const owner = asList(valueAt(pod, ['metadata', 'ownerReferences'])).find(
    (each) => field(each, 'controller') === true,
  )
  if (owner === undefined) return undefined
  return {
    apiVersion: asString(field(owner, 'apiVersion')) ?? '',
    kind: asString(field(owner, 'kind')) ?? '',
    name: asString(field(owner, 'name')) ?? '',
  }
}

export function isMirror(pod: JsonObject): boolean {
  return valueAt(pod, ['metadata', 'annotations', 'kubernetes.io/config.mirror']) !== undefined
}

/** Any emptyDir; a hostPath stays on the host and does not count. */
export function hasLocalStorage(pod: JsonObject): boolean {
  return asList(valueAt(pod, ['spec', 'volumes'])).some((volume) => {
    const dir = field(volume, 'emptyDir')
    return dir !== undefined && dir !== null
  })
}

export function isFinished(pod: JsonObject): boolean {
  const phase = valueAt(pod, ['status', 'phase'])
  return phase === 'Succeeded' || phase === 'Failed'
}

/** `default/web`, as messages name a pod. */
export function inFull({ namespace, name }: PodName): string {
  return `${namespace}/${name}`
}
