import {
  subjectUser,
  useOfBinding,
  userNameOf,
  type Binding,
  type BindingUse,
  type UseShown,
} from '../../access/index.js'
import {
  clusterMinor,
  defaultRbacOf,
  describeSubject,
  RBAC_GROUP,
  readBinding,
  serviceAccountOf,
  type BindingSubject,
  type ObjectIndex,
  type RequestLog,
  type UserRequests,
} from '../../kube/index.js'
import type { Estate, KubeObject } from '../../model/index.js'
import { auditPoliciesOf, isRecordedBy } from './recorded-requests.js'
import { rbacOf } from './rbac-of-estate.js'

/** A binding with the place of the subject in it. */
interface Held {
  readonly binding: Binding
  readonly subject: BindingSubject
}

/** What one subject holds by bindings that name it. */
export interface Holder {
  /** `ServiceAccount ci/runner`, `User alice`, `Group devs`. */
  readonly name: string
  readonly kind: 'account' | 'user' | 'group'
  /** The user's name, or the group's. */
  readonly id: string
  /** The service account, where it was read; otherwise the first binding. */
  readonly anchor: KubeObject
  readonly held: readonly Held[]
}

/** The use of what a subject holds. */
export interface HolderUse {
  /** How many users of the log it stands for: members of a group, or the user. */
  readonly seen: number
  /** It makes or changes roles or bindings, for which it has to hold what these give. */
  readonly handsOn: boolean
  readonly uses: readonly (Held & { readonly use: BindingUse })[]
}

interface Holders {
  readonly byAnchor: ReadonlyMap<KubeObject, readonly Holder[]>
  /** The object at which is said what is the same for all, whatever the order in which objects are read. */
  readonly first: KubeObject | undefined
}

const made = new WeakMap<ObjectIndex, Holders>()

/**
 * The subjects of bindings by the object at which each is judged, once: users, groups and accounts that somebody chose, not
 * those of Kubernetes itself.
 */
export function holdersOf(index: ObjectIndex): Holders {
  let holders = made.get(index)
  if (holders === undefined) {
    const byAnchor = collect(index)
    const anchors = [...byAnchor.keys()]
    const first = anchors.length === 0 ? undefined : anchors.reduce(firstOf)
    made.set(index, (holders = { byAnchor, first }))
  }
  return holders
}

function collect(index: ObjectIndex): Map<KubeObject, Holder[]> {
  const { policy } = rbacOf(index)
  const bySubject = new Map<string, { kind: Holder['kind']; id: string; held: Held[] }>()
  const minor = clusterMinor(index)
  for (const binding of [...policy.clusterRoleBindings, ...policy.roleBindings]) {
    for (const subject of chosenSubjects(binding, minor)) {
      const [kind, id] = idOf(subject, binding.namespace)
      if (id === undefined || isOfKubernetes(id)) continue
      const key = `${kind} ${id}`
      const entry = bySubject.get(key)
      if (entry === undefined) bySubject.set(key, { kind, id, held: [{ binding, subject }] })
      else if (entry.held.at(-1)?.binding !== binding) entry.held.push({ binding, subject })
    }
  }
  const byAnchor = new Map<KubeObject, Holder[]>()
  for (const { kind, id, held } of bySubject.values()) {
    const account = serviceAccountOf({ ...NOBODY, kind: 'User', name: kind === 'group' ? '' : id })
    const read = account && index.get('', 'ServiceAccount', account.namespace, account.name)
    const anchor = read ?? held.map(({ binding }) => binding.object).reduce(firstOf)
    const name = describeSubject(
      account === undefined
        ? { ...NOBODY, kind: kind === 'group' ? 'Group' : 'User', name: id }
        : { ...NOBODY, kind: 'ServiceAccount', ...account },
    )
    const holder = { name, kind, id, anchor, held }
    const list = byAnchor.get(anchor)
    if (list === undefined) byAnchor.set(anchor, [holder])
    else list.push(holder)
  }
  return byAnchor
}

const NOBODY: BindingSubject = { path: [], kind: '', apiGroup: '', namespace: '', name: '' }

/** The subjects of a binding beyond those of a default one. */
function chosenSubjects({ object }: Binding, minor: number | undefined): readonly BindingSubject[] {
  return defaultRbacOf(object, minor)?.addedSubjects ?? readBinding(object).subjects
}

function idOf(subject: BindingSubject, bindingNamespace: string): [Holder['kind'], string | undefined] {
  if (subject.kind === 'Group') return ['group', subject.name]
  const id = userNameOf(subject, bindingNamespace)
  return [id?.startsWith('system:serviceaccount:') === true ? 'account' : 'user', id]
}

function isOfKubernetes(id: string): boolean {
  return id.startsWith('system:') && !id.startsWith('system:serviceaccount:')
}

function firstOf(first: KubeObject, next: KubeObject): KubeObject {
  return keyOf(next) < keyOf(first) ? next : first
}

function keyOf({ ref }: KubeObject): string {
  return `${ref.kind}/${ref.namespace}/${ref.name}`
}

/** What a log shows of the use of a subject's rights. */
export function useOf(holder: Holder, log: RequestLog, estate: Estate): HolderUse {
  const members = membersOf(holder, log)
  const shown = shownOf(holder, members, estate)
  return {
    seen: members.length,
    handsOn: shown.requests.some(({ verb, apiGroup }) => WRITES.has(verb) && apiGroup === RBAC_GROUP),
    uses: holder.held.flatMap((held) => {
      const use = useOfBinding(held.binding, shown)
      return use === undefined ? [] : [{ ...held, use }]
    }),
  }
}

const WRITES = new Set(['create', 'update', 'patch'])

function membersOf({ kind, id }: Holder, log: RequestLog): readonly UserRequests[] {
  if (kind === 'group') return byGroup(log).get(id) ?? []
  const user = log.users.get(id)
  return user === undefined ? [] : [user]
}

const groups = new WeakMap<RequestLog, ReadonlyMap<string, readonly UserRequests[]>>()

function byGroup(log: RequestLog): ReadonlyMap<string, readonly UserRequests[]> {
  let found = groups.get(log)
  if (found === undefined) {
    const lists = new Map<string, UserRequests[]>()
    for (const user of log.users.values()) {
      for (const group of user.groups) {
        const list = lists.get(group)
        if (list === undefined) lists.set(group, [user])
        else list.push(user)
      }
    }
    groups.set(log, (found = lists))
  }
  return found
}

const policies = new WeakMap<Estate, ReturnType<typeof auditPoliciesOf>>()

function shownOf({ kind, id }: Holder, members: readonly UserRequests[], estate: Estate): UseShown {
  let known = policies.get(estate)
  if (known === undefined) policies.set(estate, (known = auditPoliciesOf(estate)))
  const inForce = known
  // A policy may leave out by name or by group; of a group's members the names are not followed.
  const user = kind === 'group' ? subjectUser('', [id]) : subjectUser(id)
  return {
    requests: members.flatMap(({ requests }) => requests),
    impersonates: members.some(({ impersonates }) => impersonates),
    ...(inForce.length === 0
      ? {}
      : { isRecorded: (request) => isRecordedBy(inForce, user.name, user.groups, request) }),
  }
}
