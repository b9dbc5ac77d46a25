import {
  catalogueOf,
  clusterMinor,
  defaultRbacOf,
  RBAC_GROUP,
  readRules,
  type ObjectIndex,
  type PolicyRule,
} from '../../kube/index.js'
import { asString, field, isObject, valueAt, type KubeObject } from '../../model/index.js'
import { coveredRules } from './covered-rules.js'
import { issue, type LintIssue, type RuleIssue } from './issue.js'
import { knownApis, type KnownApis } from './known-apis.js'
import { danglingBindings, unboundRoles } from './role-use.js'
import { lintForm } from './rule-form.js'
import { lintNames } from './rule-names.js'
import { lintTargets } from './rule-targets.js'
import { lintVerbs } from './rule-verbs.js'

/** Sources whose aggregated ClusterRoles hold what the controller put there. */
const LIVE: ReadonlySet<string> = new Set(['export', 'snapshot', 'cluster'])

/**
 * The faults of all roles and bindings, in the order of the objects. Roles and bindings that Kubernetes makes are left
 * out where nobody changed them, and of changed ones only the added rules are looked at. `minor` is the version whose
 * APIs are known (36 for 1.36); without it that of the Nodes, or the newest. Never throws.
 */
export function lintRbac(index: ObjectIndex, minor?: number): readonly LintIssue[] {
  const version = minor ?? clusterMinor(index)
  const apis = apisOf(index, version)
  const roles = ['ClusterRole', 'Role'].flatMap((kind) => index.ofKind(RBAC_GROUP, kind))
  const own = roles.filter((role) => !isMadeByKubernetes(role, version))
  return [
    ...own.flatMap((object) => lintRole(object, apis, version).map((one) => ({ ...one, object }))),
    ...unboundRoles(own, index),
    ...danglingBindings(index, version),
  ]
}

function apisOf(index: ObjectIndex, minor: number | undefined): KnownApis {
  const services = index.ofKind('apiregistration.k8s.io', 'APIService')
  const groups = services.flatMap((service) => asString(valueAt(service.content, ['spec', 'group'])) ?? [])
  const complete =
    index.holdsAll('apiextensions.k8s.io', 'CustomResourceDefinition') &&
    index.holdsAll('apiregistration.k8s.io', 'APIService')
  return knownApis(catalogueOf(index, minor, 'all'), groups, complete)
}

function isMadeByKubernetes(role: KubeObject, minor: number | undefined): boolean {
  const label = valueAt(role.content, ['metadata', 'labels', 'kubernetes.io/bootstrapping'])
  const known = defaultRbacOf(role, minor)
  return known === undefined ? label === 'rbac-defaults' : known.state === 'unchanged'
}

function lintRole(object: KubeObject, apis: KnownApis, minor: number | undefined): RuleIssue[] {
  const { rules, malformed } = readRules(object.content)
  const faults = malformed.map(({ path, detail }) => issue('malformed', 'error', path, detail))
  if (isObject(field(object.content, 'aggregationRule'))) {
    const overwritten = rules.length > 0 && !LIVE.has(object.source)
    const message = 'the rules of an aggregated ClusterRole are replaced by those that it selects'
    return overwritten ? [...faults, issue('overwritten', 'error', ['rules'], message)] : faults
  }
  const judged = defaultRbacOf(object, minor)?.addedRules ?? rules
  return [
    ...faults,
    ...judged.flatMap((rule) => lintRule(rule, object.ref.kind, apis)),
    ...coveredRules(judged),
  ]
}

function lintRule(rule: PolicyRule, kind: string, apis: KnownApis): RuleIssue[] {
  return [
    ...lintForm(rule, kind, apis),
    ...lintTargets(rule, apis),
    ...lintVerbs(rule, apis),
    ...lintNames(rule),
  ]
}
