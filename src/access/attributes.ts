/**
 * Who asks, as the API server knows them after authentication. Groups are only those that are listed here: no
 * authorizer adds any. Source: kubernetes v1.36.2 apiserver pkg/authentication/user/user.go, Info.
 */
export interface User {
  readonly name: string
  readonly uid: string
  readonly groups: readonly string[]
  readonly extra: ReadonlyMap<string, readonly string[]>
}

/** One requirement of a selector. Those of fields are `In` or `NotIn` with exactly one value. */
export interface SelectorRequirement {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values: readonly string[]
}

/** A question about an object or a list of them. Absent texts are empty; `group` is empty for the core group. */
export interface ResourceAttributes {
  readonly kind: 'resource'
  readonly user: User
  readonly verb: string
  readonly namespace: string
  readonly group: string
  /** API version without the group; no built-in authorizer looks at it. */
  readonly version: string
  readonly resource: string
  readonly subresource: string
  readonly name: string
  readonly fieldSelector: readonly SelectorRequirement[]
  readonly labelSelector: readonly SelectorRequirement[]
}

/** A question about a URL that is no resource. The verb is the HTTP method in lower case. */
export interface NonResourceAttributes {
  readonly kind: 'nonResource'
  readonly user: User
  readonly verb: string
  readonly path: string
}

/**
 * What every authorizer is asked.
 * Source: kubernetes v1.36.2 apiserver pkg/authorization/authorizer/interfaces.go, Attributes.
 */
export type Attributes = ResourceAttributes | NonResourceAttributes
