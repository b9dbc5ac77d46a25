import type { KubeObject } from '../../model/index.js'
import { serviceAccountOfUser } from '../identity/index.js'
import type { Grant } from '../authorizer.js'
import type { Attributes } from '../attributes.js'
import { appliesTo, missingRole, type Binding, type RbacAuthorizer, type SourcedRule } from '../rbac/index.js'
import { ruleGaps } from './rule-gaps.js'

/** Why something that is almost a grant is none. */
export type MissKind =
  | 'dangling-role'
  | 'namespace'
  | 'subresource'
  | 'resource-name'
  | 'verb'
  | 'api-group'
  | 'url'
  | 'subject'
  | 'group'

export interface NearestMiss {
  readonly kind: MissKind
  /** One sentence that names the objects. */
  readonly text: string
  readonly binding: KubeObject
  /** The rule that almost allows; absent where a role is missing. */
  readonly grant?: Extract<Grant, { kind: 'rbac' }>
}

const RANK: readonly MissKind[] = [
  'dangling-role',
  'namespace',
  'subresource',
  'resource-name',
  'verb',
  'api-group',
  'url',
  'subject',
  'group',
]
const MOST = 10
const MOST_GROUPS = 3

/** What comes closest to allowing a refused request, nearest first; ten at most. */
export function nearestMisses(rbac: RbacAuthorizer, attributes: Attributes): NearestMiss[] {
  const namespace = attributes.kind === 'resource' ? attributes.namespace : ''
  const misses: NearestMiss[] = []
  for (const binding of rbac.policy.clusterRoleBindings) misses.push(...missesOf(binding, attributes, true))
  for (const binding of rbac.policy.roleBindings) {
    const inScope = attributes.kind === 'resource' && binding.namespace === namespace
    misses.push(...missesOf(binding, attributes, inScope))
  }
  const groups = misses.filter((miss) => miss.kind === 'group').slice(0, MOST_GROUPS)
  return [...misses.filter((miss) => miss.kind !== 'group'), ...groups]
    .sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind))
    .slice(0, MOST)
}

function missesOf(binding: Binding, attributes: Attributes, inScope: boolean): NearestMiss[] {
  const subject = binding.subjects.findIndex((each) => appliesTo(each, binding.namespace, attributes.user))
  if (subject < 0) return inScope ? subjectMisses(binding, attributes) : []
  if (binding.role === undefined) {
    if (!inScope) return []
    const text = `${nameOf(binding)} gives nothing: ${missingRole(binding)}`
    return [{ kind: 'dangling-role', text, binding: binding.object }]
  }
  return binding.role.rules.flatMap((rule): NearestMiss[] => {
    const gaps = ruleGaps(rule.rule, attributes)
    const grant = grantOf(binding, subject, rule)
    if (!inScope) return gaps.length === 0 ? [scopeMiss(binding, attributes, grant)] : []
    const [gap] = gaps
    if (gap === undefined || gaps.length > 1) return []
    const text = `${nameOf(binding)} gives ${binding.roleKind} ${quote(binding.roleName)}, ${gap.text}`
    return [{ kind: gap.kind, text, binding: binding.object, grant }]
  })
}

/** A grant that counts in another namespace. */
function scopeMiss(
  binding: Binding,
  attributes: Attributes,
  grant: Extract<Grant, { kind: 'rbac' }>,
): NearestMiss {
  const only = `${nameOf(binding)} allows it in namespace ${binding.namespace} only`
  const asked =
    attributes.kind === 'nonResource'
      ? 'a URL needs a ClusterRoleBinding'
      : attributes.namespace === ''
        ? 'the whole cluster needs a ClusterRoleBinding'
        : `asked is namespace ${attributes.namespace}`
  return { kind: 'namespace', text: `${only}; ${asked}`, binding: binding.object, grant }
}

/** A binding that would allow it, if its subject were the one who asks. */
function subjectMisses(binding: Binding, attributes: Attributes): NearestMiss[] {
  const rule = binding.role?.rules.find((each) => ruleGaps(each.rule, attributes).length === 0)
  if (rule === undefined) return []
  if (binding.subjects.length === 0) {
    const text = `${nameOf(binding)} allows it to nobody: it has no subjects`
    return [{ kind: 'subject', text, binding: binding.object }]
  }
  return binding.subjects.flatMap((each, subject): NearestMiss[] => {
    const because = lookalike(binding, subject, attributes)
    if (because === undefined) return []
    const kind = each.kind === 'Group' && because.carried ? 'group' : 'subject'
    const text = `${nameOf(binding)} allows it to ${because.text}`
    return [{ kind, text, binding: binding.object, grant: grantOf(binding, subject, rule) }]
  })
}

function lookalike(
  binding: Binding,
  index: number,
  { user }: Attributes,
): { readonly text: string; readonly carried?: boolean } | undefined {
  const { kind, name, namespace } = binding.subjects[index] ?? { kind: '', name: '', namespace: '' }
  const account = serviceAccountOfUser(user.name)
  if (kind === 'ServiceAccount') {
    const own = namespace === '' ? binding.namespace : namespace
    if (own === '' && account?.name === name) {
      return {
        text: `ServiceAccount ${quote(name)} without a namespace, which matches nobody: add \`namespace: ${account.namespace}\``,
      }
    }
    if (account?.name === name) {
      return { text: `ServiceAccount ${quote(name)} of namespace ${own}, not of ${account.namespace}` }
    }
    if (user.name === name) {
      return {
        text: `ServiceAccount ${quote(name)}, whose user name is system:serviceaccount:${own}:${name}`,
      }
    }
    return undefined
  }
  if (kind === 'User' || kind === 'Group') {
    if (account !== undefined && name === account.name) {
      return { text: `${kind} ${quote(name)}; a service account is a subject of kind ServiceAccount` }
    }
    if (kind === 'Group' && name === user.name)
      return { text: `Group ${quote(name)}; asked is a user of that name` }
    if (kind === 'User' && user.groups.includes(name))
      return { text: `User ${quote(name)}; asked is a member of the group of that name` }
    if (name !== user.name && name.toLowerCase() === user.name.toLowerCase()) {
      return { text: `${kind} ${quote(name)}: names are compared with their case` }
    }
    if (kind === 'Group')
      return {
        text: `members of group ${quote(name)}, which is not among the groups of ${user.name}`,
        carried: true,
      }
  }
  return undefined
}

function grantOf(binding: Binding, subject: number, rule: SourcedRule): Extract<Grant, { kind: 'rbac' }> {
  const role = binding.role?.object ?? rule.from
  return { kind: 'rbac', binding: binding.object, subject, role, ruleIn: rule.from, rule: rule.index }
}

function nameOf({ object, namespace }: Binding): string {
  return `${object.ref.kind} ${quote(namespace === '' ? object.ref.name : `${namespace}/${object.ref.name}`)}`
}

function quote(text: string): string {
  return `\`${text}\``
}
