import type { FilePlace } from '../../model/index.js'

/** The modes of an API server. Source: kubernetes v1.36.2 pkg/kubeapiserver/authorizer/modes/modes.go. */
export const AUTHORIZER_MODES = ['ABAC', 'AlwaysAllow', 'AlwaysDeny', 'Node', 'RBAC', 'Webhook'] as const

/** The types that take no settings of their own. */
export type PlainAuthorizerType = Exclude<(typeof AUTHORIZER_MODES)[number], 'Webhook'>

/** One authorizer of a chain with the place that names it; a place without a line stands for the file or flag. */
export type AuthorizerConfig =
  | { readonly type: PlainAuthorizerType; readonly name: string; readonly place: FilePlace }
  | {
      readonly type: 'Webhook'
      readonly name: string
      readonly place: FilePlace
      readonly webhook: WebhookConfig
    }

/** How a webhook is asked. All times in milliseconds. */
export interface WebhookConfig {
  /** How long an allowing answer is kept; counts only with `cacheAuthorizedRequests`. */
  readonly authorizedTTL: number
  readonly unauthorizedTTL: number
  readonly cacheAuthorizedRequests: boolean
  readonly cacheUnauthorizedRequests: boolean
  readonly timeout: number
  readonly subjectAccessReviewVersion: 'v1' | 'v1beta1'
  /** `''` where there are no conditions and nobody names one. */
  readonly matchConditionSubjectAccessReviewVersion: 'v1' | ''
  /** What stands for an answer when the webhook fails. */
  readonly failurePolicy: 'NoOpinion' | 'Deny'
  readonly connection:
    { readonly type: 'KubeConfigFile'; readonly file: string } | { readonly type: 'InClusterConfig' }
  readonly matchConditions: readonly ConditionConfig[]
}

/** A CEL expression over the request that has to be true for the webhook to be asked; the place is its text's. */
export interface ConditionConfig {
  readonly expression: string
  readonly place: FilePlace
}

/**
 * The chain an API server runs, in order. The authorizer that lets system:masters do everything is not listed: it always
 * comes first. Source: kubernetes v1.36.2 pkg/kubeapiserver/authorizer/reload.go, newForConfig.
 */
export interface ChainConfig {
  readonly authorizers: readonly AuthorizerConfig[]
  /** What decided about the chain. `assumed`: nobody said, see `detail`. */
  readonly origin: {
    readonly kind: 'flags' | 'file' | 'assumed'
    /** In words, for people: `--authorization-mode of pod kube-system/kube-apiserver`. */
    readonly detail: string
    readonly place?: FilePlace
  }
  /** The file of --authorization-policy-file, as the API server is given it, where one is. */
  readonly abacPolicyFile?: string
}

/** A reason for which the API server refuses a configuration. */
export interface ConfigError {
  /** One sentence; the input's own words in backticks. */
  readonly message: string
  readonly place: FilePlace
  /** The field as Kubernetes writes it: `authorizers[0].webhook`. Empty for what is no field. */
  readonly field: string
}
