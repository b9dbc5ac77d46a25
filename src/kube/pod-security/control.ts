import {
  asList,
  asObject,
  asString,
  field,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
} from '../../model/index.js'

/** A place in a pod that breaks a control. Paths begin at the pod: `spec`, `containers`, 0, ... */
export interface ViolationPlace {
  readonly path: JsonPath
  readonly container?: string
  readonly value?: JsonValue
}

/** One control that a pod breaks. */
export interface Violation {
  /** Id of the check in Kubernetes' own evaluator. */
  readonly check: string
  /** What Kubernetes itself says when it refuses the pod: reason, and details in brackets. */
  readonly message: string
  readonly places: readonly ViolationPlace[]
}

/** A pod as controls see it. */
export interface PodView {
  readonly annotations: JsonObject
  readonly spec: JsonObject
  /** The pod's own security context, if it is a mapping. */
  readonly securityContext: JsonObject | undefined
  readonly containers: readonly ContainerView[]
}

/** A container of any of the three lists. */
export interface ContainerView {
  readonly name: string
  readonly spec: JsonObject
  readonly path: JsonPath
  readonly securityContext: JsonObject | undefined
}

export type Evaluate = (pod: PodView) => readonly ViolationPlace[]

/** A control with its rules by policy version: each holds from `from` (minor of version 1) to the next. */
export interface Control {
  readonly id: string
  readonly level: 'baseline' | 'restricted'
  /** The message for the places found, never none, in Kubernetes' own words. */
  readonly describe: (places: readonly ViolationPlace[], pod: PodView) => string
  readonly versions: readonly {
    readonly from: number
    readonly evaluate: Evaluate
    /** Baseline controls that this one stands for at level restricted. */
    readonly overrides?: readonly string[]
  }[]
}

/** Prepares a pod. Init, normal and ephemeral containers count. Source: policy/visitor.go, visitContainers. */
export function podView({ metadata, spec }: { metadata: JsonObject; spec: JsonObject }): PodView {
  return {
    annotations: asObject(field(metadata, 'annotations')),
    spec,
    securityContext: mapping(spec, 'securityContext'),
    containers: ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
      asList(field(spec, list)).flatMap((container, index): ContainerView[] =>
        isObject(container)
          ? [
              {
                name: asString(container.name) ?? '',
                spec: container,
                path: ['spec', list, index],
                securityContext: mapping(container, 'securityContext'),
              },
            ]
          : [],
      ),
    ),
  }
}

/** A field that is a mapping, or undefined. */
export function mapping(value: unknown, key: string): JsonObject | undefined {
  const inner = field(value, key)
  return isObject(inner) ? inner : undefined
}

/** Places of a rule that asks the pod's security context and each container's in the same way. */
export function inEachContext(
  pod: PodView,
  ask: (context: JsonObject) => readonly { readonly path: JsonPath; readonly value?: JsonValue }[],
): ViolationPlace[] {
  const ofPod = pod.securityContext === undefined ? [] : ask(pod.securityContext)
  return [
    ...ofPod.map((place) => ({ ...place, path: ['spec', 'securityContext', ...place.path] })),
    ...inEachContainer(pod, ask),
  ]
}

/** The same for containers alone. */
export function inEachContainer(
  pod: PodView,
  ask: (context: JsonObject) => readonly { readonly path: JsonPath; readonly value?: JsonValue }[],
): ViolationPlace[] {
  return pod.containers.flatMap((container) =>
    (container.securityContext === undefined ? [] : ask(container.securityContext)).map((place) => ({
      ...place,
      path: [...container.path, 'securityContext', ...place.path],
      container: container.name,
    })),
  )
}

/** Windows pods are let off some Linux controls from 1.25. */
export function exceptWindows(evaluate: Evaluate): Evaluate {
  return (pod) => (field(field(pod.spec, 'os'), 'name') === 'windows' ? [] : evaluate(pod))
}

/** Pods with a user namespace of their own are let off some controls from 1.35 (KEP-127). */
export function exceptUserNamespace(evaluate: Evaluate): Evaluate {
  return (pod) => (pod.spec.hostUsers === false ? [] : evaluate(pod))
}
