import type { ListedRule, ListedRules } from '../authorizer.js'
import type { CompiledRule } from '../rbac/index.js'
import type { NodeFeatures } from './node-features.js'
import type { GraphResource, NodeGraph } from './node-graph.js'

const READ = ['get', 'list', 'watch']
const LEASE_NAMESPACE = 'kube-node-lease'

/** What is listed of one node. */
interface Listed {
  readonly node: string
  readonly namespace: string
  readonly graph: NodeGraph
  readonly features: NodeFeatures
  readonly minor: number
}

/** Rules on objects that lead to the node: the resource as a rule names it, its API group and its verbs. */
type Reached = readonly [resource: string, group: string, verbs: readonly string[]]

/**
 * Everything that a node may do in a namespace. The API server itself says that its list of a node's rights is
 * incomplete, for it does not walk the graph; here the graph is walked. What depends on a selector is no rule: notes
 * tell it. Source of the rights: the functions of authorizer.ts.
 */
export function listedRulesOf(listed: Listed, everyNode: readonly CompiledRule[]): ListedRules {
  const { node, features } = listed
  const selectors = features.AuthorizeNodeWithSelectors
  const fixed = everyNode
    .map(({ rule }) => rule)
    .filter(({ resources }) => !selectors || !resources.some((each) => /^(nodes|pods)(\/|$)/.test(each)))
    .map(({ verbs, apiGroups, resources }) => toRule(verbs, apiGroups, resources, 'every node may do this'))
  const own = selectors ? [...ownNode(listed), ...ownPods()] : []
  return {
    rules: [...fixed, ...own, ...ownObjects(listed), ...reachedObjects(listed)],
    incomplete: [],
    notes: selectors
      ? [
          `with the field selector spec.nodeName=${node} it may list and watch pods, and list, watch and delete resourceslices.resource.k8s.io`,
          ...(features.PodCertificateRequest
            ? [
                `with the field selector spec.nodeName=${node} it may list and watch podcertificaterequests.certificates.k8s.io`,
              ]
            : []),
        ]
      : [],
  }
}

function toRule(
  verbs: readonly string[],
  group: string | readonly string[],
  resource: string | readonly string[],
  rule: string,
  name?: string,
): ListedRule {
  const list = (value: string | readonly string[]): readonly string[] =>
    typeof value === 'string' ? [value] : value
  return {
    verbs,
    apiGroups: list(group),
    resources: list(resource),
    resourceNames: name === undefined ? [] : [name],
    nonResourceURLs: [],
    grant: { kind: 'node', rule, path: [] },
  }
}

function ownNode({ node }: Listed): ListedRule[] {
  return [
    toRule(['create', 'update', 'patch'], '', 'nodes', 'nodes may register themselves'),
    toRule(['update', 'patch'], '', 'nodes/status', 'nodes may write the status of nodes'),
    toRule(READ, '', 'nodes', "the object is the node's own", node),
  ]
}

function ownPods(): ListedRule[] {
  return [
    toRule(['create', 'delete'], '', 'pods', 'nodes may create and delete mirror pods'),
    toRule(['update', 'patch'], '', 'pods/status', 'nodes may write the status of pods'),
    toRule(['create'], '', 'pods/eviction', 'nodes may evict pods'),
  ]
}

/** Objects that bear the node's name, and those that are made without one. */
function ownObjects({ node, namespace, features, minor }: Listed): ListedRule[] {
  const named = ['get', 'update', 'patch', 'delete']
  const own = (group: string, resource: string): ListedRule[] => [
    toRule(['create'], group, resource, "the object is the node's own"),
    toRule(named, group, resource, "the object is the node's own", node),
  ]
  const slices = 'resource.k8s.io'
  return [
    ...(namespace === LEASE_NAMESPACE ? own('coordination.k8s.io', 'leases') : []),
    ...own('storage.k8s.io', 'csinodes'),
    ...(features.CSIVolumeHealth && minor >= 37
      ? [toRule(['get', 'update', 'patch'], 'storage.k8s.io', 'csinodes/status', 'its own status', node)]
      : []),
    toRule(['create'], slices, 'resourceslices', 'nodes may create resource slices'),
    ...(features.AuthorizeNodeWithSelectors
      ? []
      : [toRule(['list', 'watch', 'deletecollection'], slices, 'resourceslices', 'every node may')]),
    ...(features.AuthorizeNodeWithSelectors && features.PodCertificateRequest
      ? [toRule(['create'], 'certificates.k8s.io', 'podcertificaterequests', 'nodes may ask for them')]
      : []),
  ]
}

function reachedObjects({ node, namespace, graph, features }: Listed): ListedRule[] {
  const byResource = reachedBy(features)
  const rules: ListedRule[] = []
  for (const { resource, namespace: of, name } of graph.reachedBy(node)) {
    // Objects without a namespace count in all of them.
    if (of !== namespace && of !== '') continue
    const path = graph.path(resource, of, name, node) ?? []
    for (const [each, group, verbs] of byResource[resource]) {
      const rule = toRule(verbs, group, each, 'the object is related to the node', name)
      rules.push({ ...rule, grant: { kind: 'node', rule: 'the object is related to the node', path } })
    }
  }
  return rules
}

function reachedBy(features: NodeFeatures): Record<GraphResource, readonly Reached[]> {
  const { KubeletServiceAccountTokenForCredentialProviders: credentials, PodCertificateRequest } = features
  const accounts: readonly Reached[] =
    credentials || PodCertificateRequest ? [['serviceaccounts', '', ['get']]] : []
  const selectors = features.AuthorizeNodeWithSelectors
  return {
    pods: selectors ? [['pods', '', READ]] : [],
    serviceaccounts: [...accounts, ['serviceaccounts/token', '', ['create']]],
    secrets: [['secrets', '', READ]],
    configmaps: [['configmaps', '', READ]],
    persistentvolumeclaims: [
      ['persistentvolumeclaims', '', ['get']],
      ['persistentvolumeclaims/status', '', ['update', 'patch']],
    ],
    persistentvolumes: [['persistentvolumes', '', ['get']]],
    resourceclaims: [['resourceclaims', 'resource.k8s.io', ['get']]],
    volumeattachments: [['volumeattachments', 'storage.k8s.io', ['get']]],
    resourceslices: [['resourceslices', 'resource.k8s.io', ['get', 'update', 'patch', 'delete']]],
    podcertificaterequests:
      selectors && PodCertificateRequest ? [['podcertificaterequests', 'certificates.k8s.io', ['get']]] : [],
  }
}
