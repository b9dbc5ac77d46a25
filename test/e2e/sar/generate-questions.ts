import { asList, asString, asStrings, field, isObject, type JsonObject } from '../../../src/model/index.js'
import type { Draw } from './draw.js'
import type { Made } from './generate-objects.js'
import {
  ACCOUNTS,
  GROUPS,
  NAMESPACES,
  NODES,
  PATHS,
  RARE_VERBS,
  RESOURCES,
  THINGS,
  USERS,
  VERBS,
} from './names.js'

/** The `spec` of a SubjectAccessReview. */
export type Spec = JsonObject

const AUTHENTICATED = 'system:authenticated'

/**
 * Questions about a cluster with these objects. Two in five repeat what some rule grants to somebody, most of them with
 * one thing changed; one in five is a node's; the others are drawn blindly.
 */
export function generateQuestions(draw: Draw, objects: readonly Made[], count: number): Spec[] {
  const grants = grantsOf(objects.map(({ object }) => object))
  return Array.from({ length: count }, () => {
    const way = draw.number()
    if (way < 0.4) return changed(draw, granted(draw, draw.pick(grants)))
    if (way < 0.6) return askedByNode(draw)
    return { ...anybody(draw), ...(draw.chance(0.85) ? resource(draw) : path(draw)) }
  })
}

interface Grant {
  readonly subject: JsonObject
  readonly rule: JsonObject
  readonly namespace: string
}

/** Each subject with each rule that a binding gives it, by names alone. */
function grantsOf(objects: readonly JsonObject[]): Grant[] {
  const text = (from: unknown, key: string): string => asString(field(from, key)) ?? ''
  return objects.flatMap((object) => {
    const { kind, metadata, roleRef, subjects } = object
    if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return []
    const namespace = text(metadata, 'namespace')
    const role = objects.find(
      (other) =>
        other.kind === field(roleRef, 'kind') &&
        text(other.metadata, 'name') === text(roleRef, 'name') &&
        (other.kind === 'ClusterRole' || text(other.metadata, 'namespace') === namespace),
    )
    return asList(role?.rules)
      .filter(isObject)
      .flatMap((rule) =>
        asList(subjects)
          .filter(isObject)
          .map((subject) => ({ subject, rule, namespace })),
      )
  })
}

function granted(draw: Draw, { subject, rule, namespace }: Grant): Spec {
  const one = (key: string, instead: readonly string[]): string => {
    const given = asStrings(rule[key])
    const chosen = given.length === 0 ? '*' : draw.pick(given)
    return chosen === '*' ? draw.pick(instead) : chosen
  }
  const who = subjectUser(draw, subject)
  const verb = one('verbs', VERBS)
  if (rule.nonResourceURLs !== undefined) {
    const url = one('nonResourceURLs', PATHS)
    return { ...who, nonResourceAttributes: { verb, path: url.replace('*', draw.pick(['', 'x', 'a/b'])) } }
  }
  const group = one('apiGroups', Object.keys(RESOURCES))
  const [name = '', subresource = ''] = one('resources', RESOURCES[group] ?? ['pods']).split('/')
  return {
    ...who,
    resourceAttributes: {
      verb,
      group,
      version: 'v1',
      resource: name === '*' ? 'deployments' : name,
      subresource: subresource === '*' ? 'log' : subresource,
      namespace: namespace === '' ? draw.pick(['', ...NAMESPACES]) : namespace,
      name: rule.resourceNames === undefined ? draw.pick(['', ...THINGS]) : one('resourceNames', THINGS),
    },
  }
}

function subjectUser(draw: Draw, subject: JsonObject): Spec {
  const name = asString(subject.name) ?? ''
  if (subject.kind === 'User') return { user: name, groups: draw.some([...GROUPS, AUTHENTICATED], 0, 2) }
  if (subject.kind === 'ServiceAccount') return account(asString(subject.namespace) ?? '', name)
  return { user: draw.pick(USERS), groups: [name, ...draw.some(GROUPS, 0, 1)] }
}

function account(namespace: string, name: string): Spec {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED]
  return { user: `system:serviceaccount:${namespace}:${name}`, groups }
}

/** The same question, usually with one of its parts drawn anew. */
function changed(draw: Draw, spec: Spec): Spec {
  const { resourceAttributes } = spec
  if (!isObject(resourceAttributes) || draw.chance(0.35)) return spec
  const key = draw.pick(['verb', 'group', 'resource', 'subresource', 'namespace', 'name'])
  const fresh = field(resource(draw).resourceAttributes, key) ?? ''
  return { ...spec, resourceAttributes: { ...resourceAttributes, [key]: fresh } }
}

function anybody(draw: Draw): Spec {
  const user = draw.pick(USERS)
  const groups = draw.some(GROUPS, 0, 3)
  switch (draw.below(12)) {
    case 0:
      return { user: 'system:anonymous', groups: ['system:unauthenticated'] }
    case 1:
      return { user, groups: [...groups, draw.pick(['system:masters', 'system:nodes', 'system:monitoring'])] }
    case 2:
      return { groups: [...groups, draw.pick(GROUPS)] }
    case 3:
      return {
        ...account('kube-system', draw.pick(['replicaset-controller', 'generic-garbage-collector', 'x'])),
      }
    case 4:
      return {
        user: draw.pick(['system:kube-scheduler', 'system:kube-controller-manager']),
        groups: [AUTHENTICATED],
      }
    case 5:
    case 6:
      return account(draw.pick(NAMESPACES), draw.pick(ACCOUNTS))
    case 7:
      return { user, groups, uid: 'u-1', extra: { scopes: draw.some(['a', 'b'], 0, 2) } }
    default:
      return { user, groups: draw.chance(0.6) ? [...groups, AUTHENTICATED] : groups }
  }
}

function path(draw: Draw): Spec {
  const verb = draw.pick(['get', 'get', 'post', 'put', 'head', '*'])
  return { nonResourceAttributes: { verb, path: draw.pick([...PATHS, '/openapi/v3', '/readyz', '/', '']) } }
}

function resource(draw: Draw): Spec {
  const group = draw.pick([...Object.keys(RESOURCES), ''])
  const whole = draw.chance(0.05) ? '*' : draw.pick(RESOURCES[group] ?? [])
  const [name = '', subresource = ''] = whole.split('/')
  return {
    resourceAttributes: {
      verb: draw.chance(0.1) ? draw.pick(RARE_VERBS) : draw.pick(VERBS),
      group: draw.chance(0.03) ? '*' : group,
      version: draw.pick(['v1', '*', 'v1beta1']),
      resource: name,
      subresource,
      namespace: draw.pick(['', ...NAMESPACES, ...NAMESPACES, 'nowhere']),
      name: draw.chance(0.5) ? '' : draw.pick([...THINGS, ...NODES]),
      ...(draw.chance(0.1) ? selectors(draw) : {}),
    },
  }
}

function selectors(draw: Draw): JsonObject {
  const key = draw.pick(['metadata.name', 'spec.nodeName', 'other'])
  const values = draw.some([...NODES, ...THINGS], 1, 2)
  return draw.pick<JsonObject>([
    { fieldSelector: { requirements: [{ key, operator: draw.pick(['In', 'NotIn']), values }] } },
    { fieldSelector: { rawSelector: `${key}=${values[0] ?? ''}` } },
    { labelSelector: { requirements: [{ key: 'app', operator: 'In', values }] } },
    { labelSelector: { rawSelector: 'app in (a,b)' } },
  ])
}

/** What kubelets ask for: things of pods, their own objects, and those of others. */
function askedByNode(draw: Draw): Spec {
  const node = draw.pick([...NODES, ...NODES, 'node-9', ''])
  const groups = draw.chance(0.93) ? ['system:nodes', AUTHENTICATED] : [AUTHENTICATED]
  const own = draw.chance(0.6) ? node : draw.pick(NODES)
  const space = draw.pick(NAMESPACES)
  const read = draw.pick(['get', 'list', 'watch', 'get', 'get', 'update'])
  const write = draw.pick(['get', 'create', 'update', 'patch', 'delete', 'list', 'watch'])
  const thing = draw.pick([...THINGS, ''])
  const pod = `pod-${draw.below(42)}`
  const at = (group: string, name: string, verb: string, object: string, namespace = ''): JsonObject => {
    const [plain = '', subresource = ''] = name.split('/')
    return { verb, group, version: 'v1', resource: plain, subresource, namespace, name: object }
  }
  const byName = (value: string): JsonObject => ({
    fieldSelector: { requirements: [{ key: 'metadata.name', operator: 'In', values: [value] }] },
  })
  const onNode = (value: string): JsonObject => ({
    fieldSelector: { requirements: [{ key: 'spec.nodeName', operator: 'In', values: [value] }] },
  })
  const resourceAttributes = draw.pick<() => JsonObject>([
    () => at('', 'secrets', read, thing, space),
    () => at('', 'secrets', read, thing, space),
    () => at('', 'configmaps', read, thing, space),
    () => ({ ...at('', 'secrets', draw.pick(['list', 'watch']), '', space), ...byName(draw.pick(THINGS)) }),
    () => at('', 'persistentvolumeclaims', read, thing, space),
    () => at('', 'persistentvolumeclaims/status', write, thing, space),
    () => at('', 'persistentvolumes', read, `volume-${draw.below(6)}`),
    () => at('storage.k8s.io', 'volumeattachments', read, `attachment-${draw.below(6)}`),
    () => at('resource.k8s.io', 'resourceclaims', read, thing, space),
    () => at('resource.k8s.io', 'resourceslices', write, draw.pick(['', 'slice'])),
    () => at('', 'serviceaccounts/token', 'create', draw.pick(ACCOUNTS), space),
    () => at('', 'serviceaccounts', read, draw.pick(ACCOUNTS), space),
    () => at('', draw.pick(['pods', 'pods/status', 'pods/eviction', 'pods/exec']), write, pod, space),
    () => ({ ...at('', 'pods', draw.pick(['list', 'watch']), ''), ...onNode(own) }),
    () => at('', draw.pick(['nodes', 'nodes/status', 'nodes/proxy']), write, own),
    () => ({ ...at('', 'nodes', draw.pick(['list', 'watch']), ''), ...byName(own) }),
    () => at('coordination.k8s.io', 'leases', write, own, draw.pick(['kube-node-lease', space])),
    () => at('storage.k8s.io', 'csinodes', write, own),
    () => at('certificates.k8s.io', 'certificatesigningrequests', write, thing),
    () => at('', draw.pick(['services', 'events', 'namespaces', 'endpoints']), read, thing, space),
  ])()
  const user = `system:node:${node}`
  return { user: draw.chance(0.95) ? user : 'system:node', groups, resourceAttributes }
}
