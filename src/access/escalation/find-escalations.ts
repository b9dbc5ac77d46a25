import { asString, valueAt } from '../../model/index.js'
import type { ObjectIndex } from '../../kube/index.js'
import type { Severity } from '../../model/index.js'
import type { Grant } from '../authorizer.js'
import { subjectUser } from '../identity/index.js'
import { holderOf, type Holder } from '../questions/index.js'
import { appliesTo, bindingsOf, type IndexedBinding, type RbacAuthorizer } from '../rbac/index.js'
import { absentAccounts, type AbsentAccount } from './absent-accounts.js'
import { ABSENT_ACCOUNT } from './estate-techniques.js'
import { namesOf, onOneObject, type Given } from './one-object.js'
import { createNeedFinder } from './needs-of-role.js'
import { nodeCredentials } from './node-credentials.js'
import type { Need, Technique } from './technique.js'
import { TECHNIQUES } from './techniques.js'

export type RbacGrant = Extract<Grant, { kind: 'rbac' }>

/** A technique that a subject holds, and what gives it. */
export interface Escalation {
  readonly subject: Omit<Holder, 'grants'>
  readonly technique: Technique
  /** Empty for the whole cluster. */
  readonly namespace: string
  readonly severity: Severity
  /** One for each need of the way. */
  readonly grants: readonly RbacGrant[]
  /** The only objects that it reaches, where rules name them; empty for all. */
  readonly names: readonly string[]
  /** Whether Pod Security admission of the namespace lets it happen; absent where it plays no part. */
  readonly admission?: 'lets it happen' | 'stops it' | 'not known'
}

/**
 * What each subject of a binding holds: for every scope the techniques whose needs its rights cover together. Rights
 * that come from groups which everybody of its kind is in count too, but a technique that comes from them alone is told
 * of the group and not of every member. Who may do everything is told once, unless `implied` asks for all that follows. What
 * Pod Security admission stops is left out, unless `stopped` asks for it.
 */
export function findEscalations(
  rbac: RbacAuthorizer,
  index: ObjectIndex,
  options: { readonly minor?: number; readonly implied?: boolean; readonly stopped?: boolean } = {},
): Escalation[] {
  const minor = options.minor ?? 36
  const finder = createNeedFinder()
  const techniques = TECHNIQUES.filter(
    ({ before, since }) =>
      (before === undefined || minor < before) && (since === undefined || minor >= since),
  )
  const reduce = (held: readonly Held[]): readonly Held[] => {
    const everything = held.filter(({ technique }) => technique === EVERYTHING)
    return options.implied !== true && everything.length > 0 ? everything : held
  }
  const absent = absentAccounts(rbac, index)
  const complete = (each: Held, subject: Escalation['subject'], namespace: string): Escalation[] => {
    const escalation = toEscalation(each, subject, namespace, index)
    if (each.technique === ABSENT_ACCOUNT) return withAbsent(escalation, absent)
    return escalation.admission === 'stops it' && options.stopped !== true ? [] : [escalation]
  }
  const found = subjectsOf(rbac).flatMap(({ subject, namespaces }) => {
    const inCluster = reduce(heldBy(rbac, subject, '', techniques, finder))
    const held = new Set(inCluster.map(({ technique }) => technique))
    const all = inCluster.flatMap((each) => complete(each, subject, ''))
    if (held.has(EVERYTHING as Technique) && options.implied !== true) return all
    for (const namespace of namespaces) {
      // What is held in the whole cluster is not told again for each namespace.
      const rest = techniques.filter(
        (technique) =>
          !held.has(technique) &&
          technique.severity.namespace !== undefined &&
          (technique.only === undefined || technique.only === namespace),
      )
      const inNamespace = reduce(heldBy(rbac, subject, namespace, rest, finder))
      all.push(...inNamespace.flatMap((each) => complete(each, subject, namespace)))
    }
    return all
  })
  return [...found, ...nodeCredentials(found, index)]
}

/** Only where there is an account to make; the binding that gives it rights is named last. */
function withAbsent(escalation: Escalation, absent: readonly AbsentAccount[]): Escalation[] {
  const { namespace, grants } = escalation
  const reached = absent.filter((each) => namespace === '' || each.namespace === namespace)
  if (reached.length === 0) return []
  const names = [...new Set(reached.map((each) => `${each.namespace}/${each.name}`))].sort()
  return [{ ...escalation, names, grants: [...grants, ...reached.map(({ grant }) => grant)] }]
}

const EVERYTHING = TECHNIQUES[0]

interface SubjectScopes {
  readonly subject: Omit<Holder, 'grants'>
  /** Namespaces with role bindings of the subject. */
  readonly namespaces: readonly string[]
}

function subjectsOf(rbac: RbacAuthorizer): SubjectScopes[] {
  const subjects = new Map<string, { subject: Omit<Holder, 'grants'>; namespaces: Set<string> }>()
  const { clusterRoleBindings, roleBindings } = rbac.policy
  for (const binding of [...clusterRoleBindings, ...roleBindings]) {
    binding.subjects.forEach((_each, position) => {
      const subject = holderOf(binding, position)
      if (subject === undefined) return
      const key = [subject.kind, subject.namespace, subject.name].join('\0')
      let known = subjects.get(key)
      if (known === undefined) subjects.set(key, (known = { subject, namespaces: new Set() }))
      if (binding.namespace !== '') known.namespaces.add(binding.namespace)
    })
  }
  return [...subjects.values()].map(({ subject, namespaces }) => ({
    subject,
    namespaces: [...namespaces].sort(),
  }))
}

interface Held {
  readonly technique: Technique
  readonly grants: readonly RbacGrant[]
  readonly names: readonly string[]
  /** Whether the names make it less than it would be. */
  readonly limited: boolean
}

type Finder = ReturnType<typeof createNeedFinder>

function heldBy(
  rbac: RbacAuthorizer,
  subject: Omit<Holder, 'grants'>,
  namespace: string,
  techniques: readonly Technique[],
  finder: Finder,
): Held[] {
  const user = userOf(subject)
  const bindings = bindingsOf(rbac.index, user, namespace)
  const direct = bindings.filter(({ binding }) => directSubject(binding, subject) >= 0)
  // A namespace adds nothing where no binding of it names the subject.
  if (!direct.some(({ binding }) => binding.namespace === namespace)) return []
  const giving = (indexed: IndexedBinding, need: Need, wholly: boolean): Given[] => {
    const { binding, role } = indexed
    if (role === undefined || (need.cluster === true && binding.namespace !== '')) return []
    const rules = finder(role, need)
    if (rules.length === 0) return []
    const own = directSubject(binding, subject)
    const position =
      own >= 0 ? own : binding.subjects.findIndex((each) => appliesTo(each, binding.namespace, user))
    return rules.flatMap((rule) => {
      const names = typeof need.names === 'string' ? rule.rule.resourceNames : []
      const limited = need.names === 'some' && names.length > 0
      if (limited && wholly) return []
      const grant: RbacGrant = {
        kind: 'rbac',
        binding: binding.object,
        subject: position,
        role: role.role.object,
        ruleIn: rule.from,
        rule: rule.index,
      }
      return [{ grant, names, limited }]
    })
  }
  // Direct bindings first: they are what the subject can be freed of.
  const ordered = [...direct, ...bindings.filter((binding) => !direct.includes(binding))]
  const directObjects = new Set(direct.map(({ binding }) => binding.object))
  const held = (technique: Technique, way: readonly Need[], wholly: boolean): Held | undefined => {
    const apart: Given[] = []
    for (const need of way) {
      if (need.sameObject === true) continue
      const given = firstOf(ordered, (indexed) => giving(indexed, need, wholly)[0])
      if (given === undefined) return undefined
      apart.push(given)
    }
    const together = way.filter(({ sameObject }) => sameObject === true)
    const same = onOneObject(
      together.map((need) => ordered.flatMap((indexed) => giving(indexed, need, wholly))),
    )
    const complete = [...same, ...apart]
    const grants = complete.map(({ grant }) => grant)
    const inScope = grants.some(({ binding }) => namespace === '' || binding.ref.kind === 'RoleBinding')
    const own = grants.some(({ binding }) => directObjects.has(binding))
    if (complete.length < way.length || !inScope || !own) return undefined
    const names = [...new Set([...namesOf(same), ...apart.flatMap((each) => each.names)])]
    return { technique, grants, names, limited: complete.some((each) => each.limited) }
  }
  return techniques.flatMap(
    (technique) =>
      // What reaches every object counts before what names limit.
      firstOf([true, false], (wholly) => firstOf(technique.ways, (way) => held(technique, way, wholly))) ??
      [],
  )
}

function firstOf<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** The subject as a user that makes requests; of a group, one of its members. */
function userOf({ kind, name, namespace }: Omit<Holder, 'grants'>) {
  if (kind === 'ServiceAccount') return subjectUser(`system:serviceaccount:${namespace}:${name}`)
  if (kind === 'Group') return { name: '', uid: '', groups: [name], extra: new Map<string, string[]>() }
  return subjectUser(name)
}

function directSubject(binding: IndexedBinding['binding'], subject: Omit<Holder, 'grants'>): number {
  return binding.subjects.findIndex((_each, position) => {
    const holder = holderOf(binding, position)
    return (
      holder !== undefined &&
      holder.kind === subject.kind &&
      holder.name === subject.name &&
      holder.namespace === subject.namespace
    )
  })
}

function toEscalation(
  { technique, grants, names, limited }: Held,
  subject: Omit<Holder, 'grants'>,
  namespace: string,
  index: ObjectIndex,
): Escalation {
  const { severity } = technique
  const admission = technique.stoppedBy === undefined ? undefined : podSecurity(namespace, index)
  const whole =
    namespace === '' || namespace === 'kube-system'
      ? severity.cluster
      : (severity.namespace ?? severity.cluster)
  return {
    subject,
    technique,
    namespace,
    severity: limited ? oneLower(whole) : whole,
    grants,
    names,
    ...(admission === undefined ? {} : { admission }),
  }
}

function oneLower(severity: Severity): Severity {
  return severity === 'critical' ? 'high' : severity === 'high' ? 'medium' : 'low'
}

const ENFORCED = new Set(['baseline', 'restricted'])

/** Whether Pod Security admission refuses privileged pods in a namespace; in the cluster, in any namespace. */
function podSecurity(namespace: string, index: ObjectIndex): NonNullable<Escalation['admission']> {
  const namespaces = index
    .ofKind('', 'Namespace')
    .filter(({ ref }) => namespace === '' || ref.name === namespace)
  if (namespaces.length === 0) return 'not known'
  const open = namespaces.some(({ content }) => {
    const level = valueAt(content, ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'])
    return !ENFORCED.has(asString(level) ?? '')
  })
  // The default of a cluster may be set in the admission configuration, which objects do not show.
  return open ? 'lets it happen' : 'stops it'
}
