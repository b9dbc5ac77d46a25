import {
  asList,
  asObject,
  asString,
  asStrings,
  field,
  formatRef,
  isObject,
  valueAt,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { absenceIsKnown, inNamespace } from '../absence.js'
import { selectorMatches } from '../label-selector.js'
import type { ObjectIndex } from '../object-index.js'
import type { Direction } from './read-policy.js'

/** What a policy of another layer does to the pods of a whole namespace. */
type Effect = 'isolates' | 'none' | 'unclear'

type ReadEffect = (policy: KubeObject, namespace: Scope, direction: Direction) => Effect

interface Scope {
  readonly name: string
  readonly labels: JsonValue
}

/** Kinds of policy beside NetworkPolicy that network plug-ins read. */
const LAYERS: readonly (readonly [group: string, kind: string, effect: ReadEffect])[] = [
  ['policy.networking.k8s.io', 'AdminNetworkPolicy', adminEffect],
  ['policy.networking.k8s.io', 'BaselineAdminNetworkPolicy', adminEffect],
  ['policy.networking.k8s.io', 'ClusterNetworkPolicy', adminEffect],
  ['cilium.io', 'CiliumNetworkPolicy', ciliumEffect],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy', ciliumEffect],
  ['crd.projectcalico.org', 'NetworkPolicy', calicoEffect],
  ['crd.projectcalico.org', 'GlobalNetworkPolicy', calicoEffect],
  ['projectcalico.org', 'NetworkPolicy', calicoEffect],
  ['projectcalico.org', 'GlobalNetworkPolicy', calicoEffect],
]

export type OtherLayers =
  /** One of them isolates every pod of the namespace. */
  | { readonly state: 'isolated'; readonly by: KubeObject }
  /** One of them may, in rules that are not evaluated here, or was not read. */
  | { readonly state: 'not-known'; readonly detail: string; readonly by?: KubeObject }
  | { readonly state: 'open' }

/** What layers beside NetworkPolicy say about all pods of a namespace in one direction. */
export function otherLayersOf(index: ObjectIndex, namespace: string, direction: Direction): OtherLayers {
  const labels = field(field(index.get('', 'Namespace', '', namespace)?.content, 'metadata'), 'labels')
  const scope: Scope = {
    name: namespace,
    labels: { ...(isObject(labels) ? labels : {}), 'kubernetes.io/metadata.name': namespace },
  }
  let unclear: KubeObject | undefined
  for (const [group, kind, effectOf] of LAYERS) {
    const policies = [...inNamespace(index, group, kind, ''), ...inNamespace(index, group, kind, namespace)]
    for (const policy of policies) {
      const effect = effectOf(policy, scope, direction)
      if (effect === 'isolates') return { state: 'isolated', by: policy }
      if (effect === 'unclear') unclear ??= policy
    }
  }
  if (unclear !== undefined) {
    const detail = `${formatRef(unclear.ref)} decides too, and its rules are not evaluated here`
    return { state: 'not-known', detail, by: unclear }
  }
  const unread = unreadLayers(index)
  return unread.length === 0
    ? { state: 'open' }
    : {
        state: 'not-known',
        detail: `other kinds of policy may decide and were not read: ${unread.join(', ')}`,
      }
}

const CRD = ['apiextensions.k8s.io', 'CustomResourceDefinition'] as const
const made = new WeakMap<ObjectIndex, readonly string[]>()

/** The layers of which it is not known that the cluster has none. */
function unreadLayers(index: ObjectIndex): readonly string[] {
  let unread = made.get(index)
  if (unread === undefined) {
    const served = new Set(
      index
        .ofKind(...CRD)
        .map(
          ({ content }) =>
            `${asString(valueAt(content, ['spec', 'group'])) ?? ''}/${asString(valueAt(content, ['spec', 'names', 'kind'])) ?? ''}`,
        ),
    )
    const known = index.complete || absenceIsKnown(index, ...CRD)
    unread = LAYERS.filter(
      ([group, kind]) => !index.holdsAll(group, kind) && (served.has(`${group}/${kind}`) || !known),
    ).map(([group, kind]) => `${kind}.${group}`)
    made.set(index, unread)
  }
  return unread
}

/**
 * AdminNetworkPolicy and its successors: a rule of the baseline that denies everyone is a default deny. Rules of the
 * admin tier come before NetworkPolicies and may deny too.
 * Source: network-policy-api v0.1.7 apis/v1alpha1, and v1alpha2 for ClusterNetworkPolicy.
 */
function adminEffect({ ref, content }: KubeObject, scope: Scope, direction: Direction): Effect {
  const spec = field(content, 'spec')
  const rules = asList(field(spec, direction)).filter((rule) => field(rule, 'action') === 'Deny')
  if (rules.length === 0 || !isSubject(field(spec, 'subject'), scope)) return 'none'
  const isBaseline = ref.kind === 'BaselineAdminNetworkPolicy' || asString(field(spec, 'tier')) === 'Baseline'
  const wholeNamespace = valueAt(spec, ['subject', 'pods', 'podSelector']) === undefined
  const deniesAll = rules.some((rule) => denies(rule, direction))
  return isBaseline && wholeNamespace && deniesAll ? 'isolates' : 'unclear'
}

function isSubject(subject: JsonValue | undefined, { labels }: Scope): boolean {
  const selector = field(subject, 'namespaces') ?? valueAt(subject, ['pods', 'namespaceSelector'])
  return selectorMatches(selector, labels)
}

/** Whether a rule denies all ports to every pod; of addresses outside the ingress rules of these kinds cannot speak. */
function denies(rule: JsonValue, direction: Direction): boolean {
  const ports = field(rule, 'ports') ?? field(rule, 'protocols')
  return (
    (ports === undefined || ports === null) &&
    asList(field(rule, direction === 'ingress' ? 'from' : 'to')).some((peer) => {
      const selector = field(peer, 'namespaces')
      const isEmpty = isObject(selector) && Object.keys(selector).length === 0
      return isEmpty || asStrings(field(peer, 'networks')).some((each) => /^(?:0\.0\.0\.0|::)\/0$/.test(each))
    })
  )
}

const CILIUM_NAMESPACE = 'k8s:io.kubernetes.pod.namespace'

/**
 * Cilium isolates the endpoints that a policy selects in each direction for which it has rules, unless
 * enableDefaultDeny says otherwise. Source: docs.cilium.io, Policy Enforcement Modes; pkg/policy/api/rule.go.
 */
function ciliumEffect({ ref, content }: KubeObject, scope: Scope, direction: Direction): Effect {
  const rules = [field(content, 'spec'), ...asList(field(content, 'specs'))].filter(isObject)
  const effects = rules.map((rule): Effect => {
    const lists = [field(rule, direction), field(rule, `${direction}Deny`)]
    if (field(rule, 'endpointSelector') === undefined || lists.every((list) => asList(list).length === 0))
      return 'none'
    if (valueAt(rule, ['enableDefaultDeny', direction]) === false) return 'none'
    const selects = ciliumSelects(field(rule, 'endpointSelector'), ref.namespace === '', scope)
    if (selects !== true) return selects === false ? 'none' : 'unclear'
    return asList(lists[0]).some(isOpenToAll) ? 'none' : 'isolates'
  })
  return (
    effects.find((effect) => effect === 'isolates') ??
    effects.find((effect) => effect === 'unclear') ??
    'none'
  )
}

/** Whether a rule of Cilium lets everyone in: then nothing is denied by default that it does not allow itself. */
function isOpenToAll(rule: JsonValue): boolean {
  const entities = [...asStrings(field(rule, 'fromEntities')), ...asStrings(field(rule, 'toEntities'))]
  return entities.includes('all') && field(rule, 'toPorts') === undefined
}

function ciliumSelects(
  selector: JsonValue | undefined,
  clusterwide: boolean,
  { name }: Scope,
): boolean | undefined {
  const keys = [
    ...Object.keys(asObject(field(selector, 'matchLabels'))),
    ...asList(field(selector, 'matchExpressions')).map((each) => asString(field(each, 'key')) ?? ''),
  ]
  if (keys.length === 0) return true
  if (!clusterwide || !keys.every((key) => key === CILIUM_NAMESPACE)) return undefined
  return selectorMatches(selector, { [CILIUM_NAMESPACE]: name })
}

/**
 * Calico isolates what a policy selects for its types: Ingress without types and egress rules.
 * Source: docs.tigera.io, Network policy ("types", "selector"); libcalico-go lib/apis/v3.
 */
function calicoEffect({ ref, content }: KubeObject, scope: Scope, direction: Direction): Effect {
  const spec = field(content, 'spec')
  const types = asStrings(field(spec, 'types'))
  const egress = asList(field(spec, 'egress')).length > 0
  const ingress = asList(field(spec, 'ingress')).length > 0 || !egress
  const isolates =
    types.length > 0
      ? types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
      : direction === 'ingress'
        ? ingress
        : egress
  if (!isolates) return 'none'
  const selectsAll = calicoSelects(field(spec, 'selector'), scope)
  const inScope = ref.namespace === '' ? calicoSelects(field(spec, 'namespaceSelector'), scope) : true
  if (selectsAll === false || inScope === false) return 'none'
  if (selectsAll === undefined || inScope === undefined) return 'unclear'
  const allows = asList(field(spec, direction)).some(
    (rule) => field(rule, 'action') === 'Allow' && Object.keys(asObject(rule)).length === 1,
  )
  return allows ? 'none' : 'isolates'
}

/** The forms of Calico's selectors in which default denies are published; others are not told. */
function calicoSelects(selector: JsonValue | undefined, { name }: Scope): boolean | undefined {
  const text = (asString(selector) ?? '').trim()
  if (text === '' || /^(?:all|global)\(\)$/.test(text)) return text !== 'global()'
  const key = /(?:projectcalico\.org\/(?:name|namespace)|kubernetes\.io\/metadata\.name)/.source
  const plain = text.replace(new RegExp(`^has\\(${key}\\)\\s*&&\\s*`), '')
  const set = new RegExp(`^${key}\\s+(not\\s+)?in\\s*\\{([^{}]*)\\}$`).exec(plain)
  const one = new RegExp(`^${key}\\s*(==|!=)\\s*["']([^"']*)["']$`).exec(plain)
  const names = (set?.[2] ?? '').split(',').map((each) => each.trim().replace(/^["']|["']$/g, ''))
  if (set !== null) return names.includes(name) === (set[1] === undefined)
  return one === null ? undefined : (one[2] === name) === (one[1] === '==')
}
