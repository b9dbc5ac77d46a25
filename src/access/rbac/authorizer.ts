import { goQuote } from '../../text/index.js'
import type { KubeObject } from '../../model/index.js'
import type { Attributes, User } from '../attributes.js'
import type { Authorizer, Decision, Grant, ListedRule } from '../authorizer.js'
import { indexBindings, userNameOf, type BindingIndex, type IndexedBinding } from './binding-index.js'
import type { SourcedRule } from './aggregate.js'
import { missingRole, readRbacPolicy, type Binding, type RbacPolicy, type Subject } from './policy.js'
import { resourceAsked, type ResourceQuestion } from './rule-match.js'

/** The RBAC authorizer, with its policy and index for those who look further. */
export interface RbacAuthorizer extends Authorizer {
  readonly type: 'RBAC'
  readonly policy: RbacPolicy
  readonly index: BindingIndex
  authorize(attributes: Attributes): Decision
  /** Every grant that allows what is asked, in the order of visits: one for each binding. */
  grantsFor(attributes: Attributes): Extract<Grant, { kind: 'rbac' }>[]
}

/**
 * RBAC as the API server decides it: first the ClusterRoleBindings, then the RoleBindings of the namespace asked
 * about, each in the order given; the first binding that has an allowing rule answers. It never denies.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go.
 */
export function createRbacAuthorizer(
  objects: Iterable<KubeObject>,
  options: { readonly defaultNamespace?: string } = {},
): RbacAuthorizer {
  const policy = readRbacPolicy(objects, options.defaultNamespace)
  const index = indexBindings(policy)
  return {
    name: 'rbac',
    type: 'RBAC',
    policy,
    index,
    authorize: (attributes) => authorize(index, attributes),
    grantsFor: (attributes) => grantsFor(index, attributes),
    rulesFor: (user, namespace) => rulesFor(index, user, namespace),
  }
}

interface Match {
  readonly binding: IndexedBinding
  readonly rule: SourcedRule
}

function authorize(index: BindingIndex, attributes: Attributes): Decision {
  const found = firstMatch(index, attributes, resourceAsked(attributes))
  if (found !== undefined) return new Allowed(found, attributes.user)
  return index.broken ? { verdict: 'noOpinion', reason: brokenReason(index, attributes) } : NO_OPINION
}

const NO_OPINION: Decision = { verdict: 'noOpinion', reason: '' }

/** Reason and grant are put together when somebody reads them: most callers want the verdict alone. */
class Allowed implements Decision {
  readonly verdict = 'allow'

  constructor(
    private readonly match: Match,
    private readonly user: User,
  ) {}

  get grant(): Extract<Grant, { kind: 'rbac' }> {
    return grantOf(this.match, this.user)
  }

  get reason(): string {
    const { binding } = this.match.binding
    return allowReason(binding, binding.subjects[this.grant.subject])
  }
}

/** The allowing binding that comes first, of all lists that concern the user; each list is in order. */
function firstMatch(
  index: BindingIndex,
  attributes: Attributes,
  question: ResourceQuestion | undefined,
): Match | undefined {
  const { name, groups } = attributes.user
  const namespace = namespaceAsked(attributes)
  const own = index.users.get(name)
  let first = firstInList(own?.cluster, attributes, question, undefined)
  let inNamespace: (readonly IndexedBinding[])[] | undefined
  if (namespace !== '') {
    const list = own?.namespaces.get(namespace)
    if (list !== undefined) inNamespace = [list]
  }
  for (const group of groups) {
    const bindings = index.groups.get(group)
    if (bindings === undefined) continue
    first = firstInList(bindings.cluster, attributes, question, first)
    const list = namespace === '' ? undefined : bindings.namespaces.get(namespace)
    if (list !== undefined) (inNamespace ??= []).push(list)
  }
  // Every binding of the cluster comes before those of a namespace.
  if (first !== undefined || inNamespace === undefined) return first
  for (const list of inNamespace) first = firstInList(list, attributes, question, first)
  return first
}

function firstInList(
  list: readonly IndexedBinding[] | undefined,
  attributes: Attributes,
  question: ResourceQuestion | undefined,
  best: Match | undefined,
): Match | undefined {
  if (list === undefined) return best
  for (const binding of list) {
    if (best !== undefined && binding.order >= best.binding.order) return best
    const rule = binding.role?.find(attributes, question)
    if (rule !== undefined) return { binding, rule }
  }
  return best
}

function grantsFor(index: BindingIndex, attributes: Attributes): Extract<Grant, { kind: 'rbac' }>[] {
  const question = resourceAsked(attributes)
  return bindingsOf(index, attributes.user, namespaceAsked(attributes)).flatMap((binding) => {
    const rule = binding.role?.find(attributes, question)
    return rule === undefined ? [] : [grantOf({ binding, rule }, attributes.user)]
  })
}

function namespaceAsked(attributes: Attributes): string {
  return attributes.kind === 'resource' ? attributes.namespace : ''
}

/** The bindings that apply to a user, in the order of visits: those of the cluster, then those of a namespace. */
export function bindingsOf(index: BindingIndex, user: User, namespace: string): IndexedBinding[] {
  const found = new Set<IndexedBinding>()
  const own = index.users.get(user.name)
  for (const bindings of [own, ...user.groups.map((group) => index.groups.get(group))]) {
    for (const binding of bindings?.cluster ?? []) found.add(binding)
    for (const binding of (namespace === '' ? undefined : bindings?.namespaces.get(namespace)) ?? [])
      found.add(binding)
  }
  return [...found].sort((a, b) => a.order - b.order)
}

function grantOf({ binding, rule }: Match, user: User): Extract<Grant, { kind: 'rbac' }> {
  const { object, role, subjects, namespace } = binding.binding
  const subject = subjects.findIndex((one) => appliesTo(one, namespace, user))
  return {
    kind: 'rbac',
    binding: object,
    subject,
    role: role?.object ?? rule.from,
    ruleIn: rule.from,
    rule: rule.index,
  }
}

/** Whether a subject of a binding in `namespace` (empty for cluster-wide) is this user or one of the user's groups. */
export function appliesTo(subject: Subject, namespace: string, user: User): boolean {
  if (subject.kind === 'Group') return user.groups.includes(subject.name)
  return userNameOf(subject, namespace) === user.name
}

/** `RBAC: allowed by RoleBinding "b/ns" of Role "r" to ServiceAccount "name/ns"`. Source: the describers in rule.go. */
function allowReason(binding: Binding, subject: Subject | undefined): string {
  const { object, namespace, roleKind, roleName } = binding
  const name = object.ref.kind === 'RoleBinding' ? `${object.ref.name}/${namespace}` : object.ref.name
  return `RBAC: allowed by ${object.ref.kind} ${goQuote(name)} of ${roleKind} ${goQuote(roleName)} to ${describe(subject, namespace)}`
}

function describe(subject: Subject | undefined, bindingNamespace: string): string {
  if (subject === undefined) return ''
  if (subject.kind !== 'ServiceAccount') return `${subject.kind} ${goQuote(subject.name)}`
  return `ServiceAccount ${goQuote(`${subject.name}/${subject.namespace || bindingNamespace}`)}`
}

/** What could not be resolved on the way to a refusal, as Go prints an aggregate of errors: each text once. */
function brokenReason(index: BindingIndex, attributes: Attributes): string {
  const bindings = bindingsOf(index, attributes.user, namespaceAsked(attributes))
  const errors = new Set(
    bindings.flatMap(({ role, binding }) => (role === undefined ? [missingRole(binding)] : [])),
  )
  if (errors.size === 0) return ''
  const text = [...errors].join(', ')
  return errors.size === 1 ? `RBAC: ${text}` : `RBAC: [${text}]`
}

/** The rules of every binding that applies. Source: rbac.go, RulesFor: scope does not filter them. */
function rulesFor(
  index: BindingIndex,
  user: User,
  namespace: string,
): { rules: ListedRule[]; incomplete: string[] } {
  const rules: ListedRule[] = []
  const incomplete: string[] = []
  for (const indexed of bindingsOf(index, user, namespace)) {
    if (indexed.role === undefined) incomplete.push(missingRole(indexed.binding))
    for (const { source } of indexed.role?.rules ?? []) {
      const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = source.rule
      const grant = grantOf({ binding: indexed, rule: source }, user)
      rules.push({ verbs, apiGroups, resources, resourceNames, nonResourceURLs, grant })
    }
  }
  return { rules, incomplete }
}
