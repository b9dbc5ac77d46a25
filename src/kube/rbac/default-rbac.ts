import { field, isObject, valueAt, type JsonObject, type KubeObject } from '../../model/index.js'
import { readBinding, type BindingSubject, type ReadBinding } from './binding.js'
import { allDefaultObjects, defaultKey, type DefaultObjects } from './default-objects.js'
import { describeRule, RBAC_GROUP, readRules, type PolicyRule } from './policy-rule.js'
import { permissionsOf, rulesBeyond } from './rules-beyond.js'

/** How an object stands to the default object of its name. */
export interface DefaultRbac {
  readonly owner: 'kubernetes' | 'kubeadm'
  /** `changed` when it gives more than any version that this cluster may have run, or less than every one. */
  readonly state: 'unchanged' | 'changed'
  /** Rules that no default has; empty for bindings. */
  readonly addedRules: readonly PolicyRule[]
  /** Subjects that no default has; all of them when the binding points at another role. Empty for roles. */
  readonly addedSubjects: readonly BindingSubject[]
  /** Each difference in words. */
  readonly differences: readonly string[]
}

/**
 * Compares a Role, ClusterRole or binding with what Kubernetes and kubeadm make under that name; undefined when
 * they make none. With `minor` (36 for 1.36) later versions are left out: upgrades add rules and never take one
 * away, so earlier ones count. Without it, or outside of the known versions, every known version counts.
 */
export function defaultRbacOf(object: KubeObject, minor?: number): DefaultRbac | undefined {
  if (object.ref.group !== RBAC_GROUP) return undefined
  const { kind, namespace, name } = object.ref
  const key = defaultKey(kind, namespace, name)
  const sources = versionsFor(minor).filter((source) => source.byKey.has(key))
  const owner = sources[0]?.owner
  if (owner === undefined) return undefined
  const defaults = sources.map((source) => ({ source, objects: source.byKey.get(key) ?? [] }))
  const isRole = kind === 'Role' || kind === 'ClusterRole'
  return isRole ? compareRole(object, owner, defaults) : compareBinding(object, owner, defaults)
}

/** The default object of a name in any known version, for references to roles that the estate does not hold. */
export function defaultObject(
  kind: string,
  namespace: string,
  name: string,
  minor?: number,
): JsonObject | undefined {
  const key = defaultKey(kind, namespace, name)
  return versionsFor(minor)
    .findLast((source) => source.byKey.has(key))
    ?.byKey.get(key)?.[0]
}

/** The rules of a default role; those of aggregated roles (admin, edit, view) put together from their parts. */
export function defaultRulesOf(role: JsonObject, minor?: number): PolicyRule[] {
  if (!isObject(field(role, 'aggregationRule'))) return [...readRules(role).rules]
  return versionsFor(minor).flatMap((source) => aggregatedRules(role, source))
}

const chosen = new Map<number | undefined, readonly DefaultObjects[]>()

/** The versions that count, chosen once: every role and binding of a cluster is compared with them. */
function versionsFor(minor: number | undefined): readonly DefaultObjects[] {
  let versions = chosen.get(minor)
  if (versions === undefined) chosen.set(minor, (versions = chooseVersions(minor)))
  return versions
}

function chooseVersions(minor: number | undefined): readonly DefaultObjects[] {
  const all = allDefaultObjects()
  const minors = all.flatMap((source) => (source.owner === 'kubernetes' ? [minorNumber(source)] : []))
  if (minor === undefined || !minors.includes(minor)) return all
  return all.filter((source) => source.owner === 'kubeadm' || minorNumber(source) <= minor)
}

function minorNumber(source: DefaultObjects): number {
  return Number(source.minor.split('.')[1])
}

interface Defaults {
  readonly source: DefaultObjects
  readonly objects: readonly JsonObject[]
}

function compareRole(
  object: KubeObject,
  owner: DefaultRbac['owner'],
  defaults: readonly Defaults[],
): DefaultRbac {
  const { rules, malformed } = readRules(object.content)
  const versions = defaults.map(({ source, objects }) =>
    objects.flatMap((one) =>
      isObject(field(one, 'aggregationRule')) ? aggregatedRules(one, source) : readRules(one).rules,
    ),
  )
  const addedRules = rulesBeyond(rules, permissionsOf(versions.flat()))
  const differences = addedRules.map((rule) => `more than the default: ${describeRule(rule)}`)
  // An aggregated role as it is written has no rules yet: the controller fills them in.
  const aggregated = defaults.some(({ objects }) =>
    objects.some((one) => isObject(field(one, 'aggregationRule'))),
  )
  const given = permissionsOf(rules)
  const complete = defaults.some(({ objects }) =>
    objects.some((one) => readRules(one).rules.every((rule) => given.covers(rule))),
  )
  if (!complete && !aggregated) differences.push('less than the default of any version')
  differences.push(...malformed.map((fault) => fault.detail))
  return {
    owner,
    state: differences.length === 0 ? 'unchanged' : 'changed',
    addedRules,
    addedSubjects: [],
    differences,
  }
}

function compareBinding(
  object: KubeObject,
  owner: DefaultRbac['owner'],
  defaults: readonly Defaults[],
): DefaultRbac {
  const binding = readBinding(object)
  const known = defaults.flatMap(({ objects }) => objects.map(readDefaultBinding))
  const sameRole = known.some((one) => sameRef(one, binding))
  const subjects = new Set(known.flatMap((one) => one.subjects.map(subjectKey)))
  const addedSubjects = binding.subjects.filter((subject) => !sameRole || !subjects.has(subjectKey(subject)))
  const differences = [
    ...(sameRole ? [] : [`bound to another role than the default: ${binding.roleRef?.name ?? '(none)'}`]),
    ...addedSubjects.map(
      (subject) => `a subject that the default does not have: ${subject.kind} ${subject.name}`,
    ),
    ...binding.malformed.map((fault) => fault.detail),
  ]
  const state = differences.length === 0 ? 'unchanged' : 'changed'
  return { owner, state, addedRules: [], addedSubjects, differences }
}

function readDefaultBinding(content: JsonObject): ReadBinding {
  const ref = { group: RBAC_GROUP, version: 'v1', kind: '', namespace: '', name: '' }
  const slice = { file: '', format: 'json', offset: 0, length: 0, line: 1, column: 1 } as const
  return readBinding({ ref, content, source: 'snapshot', slice })
}

function sameRef(a: ReadBinding, b: ReadBinding): boolean {
  return a.roleRef !== undefined && a.roleRef.kind === b.roleRef?.kind && a.roleRef.name === b.roleRef.name
}

function subjectKey(subject: BindingSubject): string {
  return [subject.kind, subject.namespace, subject.name].join('\0')
}

/** What the aggregation controller puts into a default role: the rules of the default roles that it selects. */
function aggregatedRules(role: JsonObject, source: DefaultObjects): PolicyRule[] {
  const selectors = aggregationSelectors(role)
  const parts = [...source.byKey.values()].flat().filter((candidate) => {
    if (candidate === role || field(candidate, 'kind') !== 'ClusterRole') return false
    const labels = valueAt(candidate, ['metadata', 'labels'])
    return selectors.some((selector) =>
      Object.entries(selector).every(([key, value]) => field(labels, key) === value),
    )
  })
  // edit aggregates to admin, view to edit: parts may be aggregated themselves.
  return parts.flatMap((part) =>
    isObject(field(part, 'aggregationRule')) ? aggregatedRules(part, source) : [...readRules(part).rules],
  )
}

/** The matchLabels of an aggregated ClusterRole; a selector without them selects by expressions, left out here. */
function aggregationSelectors(role: JsonObject): JsonObject[] {
  const list = valueAt(role, ['aggregationRule', 'clusterRoleSelectors'])
  if (!Array.isArray(list)) return []
  return list.flatMap((selector) => {
    const labels = field(selector, 'matchLabels')
    return isObject(labels) && Object.keys(labels).length > 0 ? [labels] : []
  })
}
