import type { Estate, KubeObject } from '../model/index.js'
import { clusterMinor, indexObjects, type ObjectIndex } from '../kube/index.js'
import { createAbacAuthorizer } from './abac/index.js'
import type { Attributes, User } from './attributes.js'
import {
  alwaysAllow,
  alwaysDeny,
  createChain,
  createWebhookMember,
  type Chain,
  type ChainDecision,
  type ChainMember,
  type WebhookMember,
} from './chain/index.js'
import {
  createNodeAuthorizer,
  nodeFeatures,
  type FeatureGateSettings,
  type NodeFeatures,
} from './node/index.js'
import {
  compactRules,
  explain,
  whoCan,
  type CompactRule,
  type Explanation,
  type Question,
  type WhoCan,
} from './questions/index.js'
import { createRbacAuthorizer, type RbacAuthorizer } from './rbac/index.js'

/** One authorizer to build; those that need nothing else are named by their mode. */
export type AuthorizerSpec =
  | 'Node'
  | 'RBAC'
  | 'AlwaysAllow'
  | 'AlwaysDeny'
  | { readonly type: 'ABAC'; readonly text: string; readonly file: string }
  | { readonly type: 'Webhook'; readonly webhook: WebhookMember }

export interface AccessOptions {
  /** Minor version of the API server (36 for 1.36); that of the newest Node where it is left out, else 36. */
  readonly minor?: number
  /** Namespace of namespaced objects whose text names none; `default` where it is left out. */
  readonly defaultNamespace?: string
  /** The feature gates that the API server is given; those that concern nodes count. */
  readonly featureGates?: FeatureGateSettings
  /** Feature gates that are so whatever the version. */
  readonly nodeFeatures?: Partial<NodeFeatures>
}

/** The rights of one user in one namespace. */
export interface AccessRules {
  readonly rules: readonly CompactRule[]
  /** Authorizers that cannot list what they allow, and roles that are missing. */
  readonly incomplete: readonly string[]
  /** Rights that no rule can say, in words: those that depend on a selector. */
  readonly notes: readonly string[]
}

/** Answers about access to one cluster. */
export interface Access {
  readonly chain: Chain
  readonly rbac: RbacAuthorizer | undefined
  readonly objects: readonly KubeObject[]
  readonly index: ObjectIndex
  readonly minor: number
  /** What the API server would decide; webhooks are asked where the chain can ask them. */
  authorize(attributes: Attributes): Promise<ChainDecision>
  /** The same at once; a webhook is never asked. */
  decide(attributes: Attributes): ChainDecision
  /** Everybody who may do what is asked. */
  whoCan(question: Question): WhoCan
  /** Everything that a user may do in a namespace (empty: in the whole cluster). */
  rulesFor(user: User, namespace: string): AccessRules
  /** A decision with all that allows it, or what comes closest. */
  explain(attributes: Attributes): Promise<Explanation>
}

/** An API server's usual chain, as kubeadm sets it up. */
export const USUAL_CHAIN: readonly AuthorizerSpec[] = ['Node', 'RBAC']

/**
 * Builds the authorizers of a chain from the objects of an estate. Reads nothing else, and asks nobody unless a
 * webhook of the chain was given the means to.
 */
export function createAuthorizer(
  estate: Estate,
  chain: readonly AuthorizerSpec[] = USUAL_CHAIN,
  options: AccessOptions = {},
): Access {
  const { objects } = estate
  const index = indexObjects(estate)
  const minor = options.minor ?? clusterMinor(index) ?? 36
  const members = chain.map((spec) => build(spec, objects, minor, options))
  const built = createChain(members, { minor })
  return {
    chain: built,
    rbac: members.find((member): member is RbacAuthorizer => member.type === 'RBAC'),
    objects,
    index,
    minor,
    authorize: (attributes) => built.authorize(attributes),
    decide: (attributes) => built.decide(attributes),
    whoCan: (question) => whoCan(built, question, objects),
    rulesFor: (user, namespace) => rulesFor(built, user, namespace),
    explain: async (attributes) => explain(built, attributes, await built.authorize(attributes)),
  }
}

function build(
  spec: AuthorizerSpec,
  objects: readonly KubeObject[],
  minor: number,
  options: AccessOptions,
): ChainMember {
  switch (spec) {
    case 'Node':
      return createNodeAuthorizer(objects, {
        minor,
        features: { ...nodeFeatures(minor, options.featureGates), ...options.nodeFeatures },
      })
    case 'RBAC':
      return createRbacAuthorizer(objects, {
        ...(options.defaultNamespace === undefined ? {} : { defaultNamespace: options.defaultNamespace }),
      })
    case 'AlwaysAllow':
      return alwaysAllow
    case 'AlwaysDeny':
      return alwaysDeny
    default:
      return spec.type === 'ABAC'
        ? createAbacAuthorizer(spec.text, spec.file)
        : createWebhookMember(spec.webhook)
  }
}

function rulesFor(chain: Chain, user: User, namespace: string): AccessRules {
  const listed = chain.members.map((member) => ({ member, rules: member.rulesFor?.(user, namespace) }))
  return {
    rules: compactRules(listed.flatMap(({ rules }) => rules?.rules ?? [])),
    incomplete: listed.flatMap(({ member, rules }) =>
      (rules?.incomplete ?? []).map((text) => `${member.name}: ${text}`),
    ),
    notes: listed.flatMap(({ member, rules }) =>
      (rules?.notes ?? []).map((text) => `${member.name}: ${text}`),
    ),
  }
}
