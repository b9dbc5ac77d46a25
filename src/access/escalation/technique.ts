import type { Severity } from '../../model/index.js'

/** One right that a technique needs. Any of the verbs is enough. */
export interface Need {
  readonly verbs: readonly string[]
  readonly group: string
  /** With the subresource, as a rule names it. Any of them is enough. */
  readonly resources: readonly string[]
  /**
   * Whether a rule that is limited to names counts. `any`: in full; `some`: for less, as it reaches these objects alone;
   * or only a rule that is limited to (some of) these names.
   */
  readonly names?: 'any' | 'some' | readonly string[]
  /** Only in the whole cluster: the resource has no namespace, and the right in one gives nothing. */
  readonly cluster?: true
  /** On one and the same object as the other needs of the way that say so: names that limit them must have one in common. */
  readonly sameObject?: true
  /** On any resource or URL: the named one is an example. */
  readonly anything?: true
  /** Verbs are matched by how they begin: `impersonate-on:user-info:get`. */
  readonly verbPrefix?: boolean
}

/** Where a technique leads. */
export type Sink =
  | 'cluster-admin'
  | 'any identity'
  | 'service accounts'
  | 'node root'
  | 'secrets'
  | 'traffic'
  | 'guards'
  | 'information'

/** A way from a right to more than it seems to give. */
export interface Technique {
  /** Stable name, also that of its check without `rbac-`. */
  readonly id: string
  /** Who holds it may...: continues "may". */
  readonly may: string
  readonly sink: Sink
  /** Ways to it: of one way every need must be held, in one scope. */
  readonly ways: readonly (readonly Need[])[]
  /** Severity when it is held in the whole cluster; of a namespace, or undefined where it counts in the cluster only. */
  readonly severity: { readonly cluster: Severity; readonly namespace?: Severity }
  /** What must not stand in the way: Pod Security admission of the namespace. */
  readonly stoppedBy?: 'pod-security'
  /** Only before this minor version of Kubernetes. */
  readonly before?: number
  /** Only from this minor version of Kubernetes on. */
  readonly since?: number
  /** Only in this namespace. */
  readonly only?: string
  /** The names are what it is about; they limit nothing. */
  readonly listed?: true
  /** What ends it, where it is not to take a right out of a role. */
  readonly remedy?: string
}

/** A need in short: group, resources, verbs. */
export function need(
  group: string,
  resources: string | readonly string[],
  verbs: string | readonly string[],
  more: Partial<Need> = {},
): Need {
  const list = (value: string | readonly string[]): readonly string[] =>
    typeof value === 'string' ? [value] : value
  return { group, resources: list(resources), verbs: list(verbs), ...more }
}

export const CHANGE = ['update', 'patch']
export const WRITE = ['create', ...CHANGE]

/** Two ways: to create such objects, or to change those that exist (some of them, where names limit the right). */
export function writing(
  group: string,
  resources: string | readonly string[],
  more: Partial<Need> = {},
): Need[][] {
  return [
    [need(group, resources, 'create', more)],
    [need(group, resources, CHANGE, { names: 'some', ...more })],
  ]
}
