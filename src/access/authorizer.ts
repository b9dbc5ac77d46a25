import type { KubeObject, ObjectRef } from '../model/index.js'
import type { Attributes, User } from './attributes.js'

/** The kinds of authorizer that an API server can run, and the built-in one for system:masters. */
export type AuthorizerType =
  'SystemMasters' | 'Node' | 'ABAC' | 'RBAC' | 'Webhook' | 'AlwaysAllow' | 'AlwaysDeny' | 'Rules'

/** `noOpinion`: the next authorizer is asked; after the last one the request is refused. */
export type Verdict = 'allow' | 'deny' | 'noOpinion'

/** What gave an answer: enough to name it and to show its line. */
export type Grant =
  | {
      readonly kind: 'rbac'
      readonly binding: KubeObject
      /** Index of the subject in the binding's `subjects`. */
      readonly subject: number
      /** The role that the binding refers to. */
      readonly role: KubeObject
      /** The object whose `rules` hold the rule: the role itself, or one that an aggregated ClusterRole takes in. */
      readonly ruleIn: KubeObject
      /** Index of the rule in the `rules` of `ruleIn`. */
      readonly rule: number
    }
  | { readonly kind: 'abac'; readonly file: string; readonly line: number }
  | {
      readonly kind: 'node'
      /** What the rule says, in words. */
      readonly rule: string
      /** The objects that lead from the one asked for to the node, nearest first; empty where none is needed. */
      readonly path: readonly ObjectRef[]
    }
  | { readonly kind: 'webhook'; readonly name: string }
  | { readonly kind: 'policy'; readonly file: string; readonly line: number; readonly rule: string }
  | { readonly kind: 'built-in'; readonly name: string }

/** One answer. `reason` is exactly the text that the API server's authorizer gives; it may be empty. */
export interface Decision {
  readonly verdict: Verdict
  readonly reason: string
  /** An error beside the answer: a missing role, a webhook that failed. */
  readonly error?: string
  /** What explains the answer and the API server does not say. */
  readonly note?: string
  readonly grant?: Grant
}

/** A rule as SelfSubjectRulesReview lists it. */
export interface ListedRule {
  readonly verbs: readonly string[]
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames: readonly string[]
  readonly nonResourceURLs: readonly string[]
  readonly grant: Grant
}

/** The rules of a user in one namespace; `incomplete` says what the list cannot hold. */
export interface ListedRules {
  readonly rules: readonly ListedRule[]
  readonly incomplete: readonly string[]
  /** Rights that no rule can say, in words: those that depend on a selector. */
  readonly notes?: readonly string[]
}

/** One authorizer of a chain. It never throws on input. */
export interface Authorizer {
  /** The name in an AuthorizationConfiguration: `rbac`, `node`, a webhook's own name. */
  readonly name: string
  readonly type: AuthorizerType
  authorize(attributes: Attributes): Decision | Promise<Decision>
  /** What a user may do in a namespace; absent where an authorizer cannot tell. */
  rulesFor?(user: User, namespace: string): ListedRules
}
