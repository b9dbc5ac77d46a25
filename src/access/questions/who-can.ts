import { valueAt, asString, type KubeObject } from '../../model/index.js'
import type { AbacAuthorizer } from '../abac/index.js'
import type { Grant } from '../authorizer.js'
import type { Chain, ChainMember } from '../chain/index.js'
import { subjectUser } from '../identity/index.js'
import { nodeNameOf, type NodeAuthorizer } from '../node/index.js'
import { resourceAsked, type Binding, type BindingsByRole, type RbacAuthorizer } from '../rbac/index.js'
import { askedBy, askedByNobody, type Question } from './question.js'

/** Who holds a right. `Everybody` is every request, authenticated or not. */
export interface Holder {
  readonly kind: 'User' | 'Group' | 'ServiceAccount' | 'Everybody'
  readonly name: string
  /** Of a service account; empty for all others. */
  readonly namespace: string
  /** A second condition: users that must be in a group too, as ABAC lines can say. */
  readonly alsoInGroup?: string
  readonly grants: readonly Grant[]
}

export interface WhoCan {
  /** In the order of their names, groups first. */
  readonly holders: readonly Holder[]
  /** What the list cannot hold: webhooks that were not asked. */
  readonly unknown: readonly string[]
}

/** Who may do what is asked: every subject of every authorizer of the chain, with all that gives it. */
export function whoCan(chain: Chain, question: Question, objects: readonly KubeObject[]): WhoCan {
  const holders = new Map<string, { holder: Omit<Holder, 'grants'>; grants: Grant[] }>()
  const unknown: string[] = []
  const add = (holder: Omit<Holder, 'grants'>, grant: Grant): void => {
    const key = [holder.kind, holder.namespace, holder.name, holder.alsoInGroup ?? ''].join('\0')
    const known = holders.get(key)
    if (known === undefined) holders.set(key, { holder, grants: [grant] })
    else if (!known.grants.includes(grant)) known.grants.push(grant)
  }
  for (const member of chain.members) addHolders(member, question, objects, add, unknown)
  return {
    holders: [...holders.values()]
      .map(({ holder, grants }) => ({ ...holder, grants }))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    unknown,
  }
}

const KINDS: readonly Holder['kind'][] = ['Everybody', 'Group', 'User', 'ServiceAccount']

function order({ kind, namespace, name }: Holder): string {
  return `${KINDS.indexOf(kind)} ${namespace} ${name}`
}

type Add = (holder: Omit<Holder, 'grants'>, grant: Grant) => void

function addHolders(
  member: ChainMember,
  question: Question,
  objects: readonly KubeObject[],
  add: Add,
  unknown: string[],
): void {
  switch (member.type) {
    case 'SystemMasters':
      add(group('system:masters'), { kind: 'built-in', name: 'the group system:masters' })
      break
    case 'AlwaysAllow':
      add({ kind: 'Everybody', name: '', namespace: '' }, { kind: 'built-in', name: 'AlwaysAllow' })
      break
    case 'RBAC':
      addFromRbac(member as RbacAuthorizer, question, add)
      break
    case 'ABAC':
      addFromAbac(member as AbacAuthorizer, question, add)
      break
    case 'Node':
      addNodes(member as NodeAuthorizer, question, objects, add)
      break
    case 'Webhook':
      unknown.push(`the webhook ${member.name} may allow others, and refuse those that come after it`)
      break
    default:
  }
}

function group(name: string): Omit<Holder, 'grants'> {
  return { kind: 'Group', name, namespace: '' }
}

/** Roles that allow come first, then the bindings that refer to them: others are never looked at. */
function addFromRbac({ index }: RbacAuthorizer, question: Question, add: Add): void {
  const attributes = askedByNobody(question)
  const namespace = question.kind === 'resource' ? question.namespace : ''
  const scopes: (BindingsByRole | undefined)[] = [index.clusterRoles]
  if (namespace !== '') scopes.push(index.namespaceRoles.get(namespace))
  const asked = resourceAsked(question)
  for (const role of index.roles) {
    const rule = role.find(attributes, asked)
    if (rule === undefined) continue
    for (const scope of scopes) {
      for (const { binding } of scope?.get(role) ?? []) {
        binding.subjects.forEach((_subject, subject) => {
          const holder = holderOf(binding, subject)
          if (holder === undefined) return
          add(holder, {
            kind: 'rbac',
            binding: binding.object,
            subject,
            role: role.role.object,
            ruleIn: rule.from,
            rule: rule.index,
          })
        })
      }
    }
  }
}

/** The holder that a subject of a binding is; undefined for subjects that never match. */
export function holderOf(binding: Binding, subject: number): Omit<Holder, 'grants'> | undefined {
  const { kind, name, namespace } = binding.subjects[subject] ?? { kind: '', name: '', namespace: '' }
  if (kind === 'User' || kind === 'Group') return { kind, name, namespace: '' }
  if (kind !== 'ServiceAccount') return undefined
  const own = namespace === '' ? binding.namespace : namespace
  return own === '' ? undefined : { kind, name, namespace: own }
}

function addFromAbac(abac: AbacAuthorizer, question: Question, add: Add): void {
  for (const { user, group: inGroup, line } of abac.file.policies) {
    if (user === '' && inGroup === '') continue
    const asking = { name: user, uid: '', groups: inGroup === '' ? [] : [inGroup], extra: new Map() }
    if (!abac.policiesFor(askedBy(asking, question)).some((policy) => policy.line === line)) continue
    const grant: Grant = { kind: 'abac', file: abac.file.name, line }
    if (user === '') add(group(inGroup), grant)
    else {
      const holder = { kind: 'User', name: user, namespace: '' } as const
      add(inGroup === '' ? holder : { ...holder, alsoInGroup: inGroup }, grant)
    }
  }
}

/** Nodes are asked one by one: each has rights on what runs on it. */
function addNodes(node: NodeAuthorizer, question: Question, objects: readonly KubeObject[], add: Add): void {
  for (const name of nodeNames(objects)) {
    const user = subjectUser(`system:node:${name}`)
    if (nodeNameOf(user) === undefined) continue
    const { verdict, grant } = node.authorize(askedBy(user, question))
    if (verdict === 'allow' && grant !== undefined)
      add({ kind: 'User', name: user.name, namespace: '' }, grant)
  }
}

/** Nodes that exist or that pods are bound to. */
export function nodeNames(objects: readonly KubeObject[]): string[] {
  const names = new Set<string>()
  for (const { ref, content, source } of objects) {
    if (ref.group !== '') continue
    if (ref.kind === 'Node') names.add(ref.name)
    else if (ref.kind === 'Pod' && source !== 'static-pod') {
      const name = asString(valueAt(content, ['spec', 'nodeName'])) ?? ''
      if (name !== '') names.add(name)
    }
  }
  return [...names].sort()
}
