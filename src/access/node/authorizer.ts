import type { KubeObject, ObjectRef } from '../../model/index.js'
import { goQuote } from '../../text/index.js'
import type { Attributes, ResourceAttributes, User } from '../attributes.js'
import type { Authorizer, Decision } from '../authorizer.js'
import { listedRulesOf } from './listed-rules.js'
import { nodeFeatures, type NodeFeatures } from './node-features.js'
import { buildNodeGraph, type GraphResource, type NodeGraph } from './node-graph.js'
import { nodeRules } from './node-rules.js'
import type { CompiledRule } from '../rbac/index.js'

/** The Node authorizer with the graph that it decides from. */
export interface NodeAuthorizer extends Authorizer {
  readonly type: 'Node'
  readonly graph: NodeGraph
  authorize(attributes: Attributes): Decision
}

export interface NodeOptions {
  /** Minor version of the API server; the newest of those whose defaults are known to work where it is left out. */
  readonly minor?: number
  /** Feature gates that are set otherwise than by default. */
  readonly features?: Partial<NodeFeatures>
}

/** What is asked of one node. */
interface Question {
  readonly node: string
  readonly attributes: ResourceAttributes
  readonly graph: NodeGraph
  readonly features: NodeFeatures
  readonly minor: number
}

/**
 * The Node authorizer: what kubelets may do. It never denies; what it does not allow the next authorizer may.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/node/node_authorizer.go.
 */
export function createNodeAuthorizer(
  objects: Iterable<KubeObject>,
  options: NodeOptions = {},
): NodeAuthorizer {
  const minor = options.minor ?? 36
  const features = { ...nodeFeatures(minor), ...options.features }
  const graph = buildNodeGraph(objects)
  const rules = nodeRules(features, minor)
  return {
    name: 'node',
    type: 'Node',
    graph,
    authorize: (attributes) => authorize(attributes, graph, features, minor, rules),
    rulesFor: (user, namespace) => {
      const node = nodeNameOf(user) ?? ''
      if (node === '') return { rules: [], incomplete: [] }
      return listedRulesOf({ node, namespace, graph, features, minor }, rules)
    },
  }
}

/** The node that a user is; empty for one without a name, undefined for other users. Source: pkg/auth/nodeidentifier. */
export function nodeNameOf(user: User): string | undefined {
  const prefix = 'system:node:'
  return user.name.startsWith(prefix) && user.groups.includes('system:nodes')
    ? user.name.slice(prefix.length)
    : undefined
}

function authorize(
  attributes: Attributes,
  graph: NodeGraph,
  features: NodeFeatures,
  minor: number,
  rules: readonly CompiledRule[],
): Decision {
  const node = nodeNameOf(attributes.user)
  if (node === undefined) return no('')
  if (node === '') return no(`unknown node for user ${goQuote(attributes.user.name)}`)
  if (attributes.kind === 'nonResource') return no('')
  const judge = JUDGES.get(`${attributes.resource}.${attributes.group}`)
  const decision = judge?.({ node, attributes, graph, features, minor })
  if (decision !== undefined) return decision
  const { verb, group, resource, subresource, name } = attributes
  const combined = subresource === '' ? resource : `${resource}/${subresource}`
  const question = { verb, group, combined, subresource, name }
  return rules.some((rule) => rule.allowsResource(question)) ? yes('every node may do this') : no('')
}

function no(reason: string): Decision {
  return { verdict: 'noOpinion', reason }
}

function yes(rule: string, path: readonly ObjectRef[] = []): Decision {
  return { verdict: 'allow', reason: '', grant: { kind: 'node', rule, path } }
}

/** Undefined leaves the question to the rules that are the same for all nodes. */
type Judge = (question: Question) => Decision | undefined

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['secrets.', (question) => readNamespaced(question, 'secrets')],
  ['configmaps.', (question) => readNamespaced(question, 'configmaps')],
  ['persistentvolumeclaims.', claim],
  ['persistentvolumes.', (question) => getOne(question, 'persistentvolumes')],
  ['resourceclaims.resource.k8s.io', (question) => getOne(question, 'resourceclaims')],
  ['volumeattachments.storage.k8s.io', (question) => getOne(question, 'volumeattachments')],
  ['serviceaccounts.', serviceAccount],
  ['leases.coordination.k8s.io', lease],
  ['csinodes.storage.k8s.io', csiNode],
  ['resourceslices.resource.k8s.io', resourceSlice],
  ['nodes.', node],
  ['pods.', pod],
  ['podcertificaterequests.certificates.k8s.io', podCertificateRequest],
])

function related({ node, attributes, graph }: Question, resource: GraphResource): Decision {
  if (attributes.name === '') return no('No Object name found')
  return reached({ node, attributes, graph }, resource)
}

function reached(
  { node, attributes, graph }: Pick<Question, 'node' | 'attributes' | 'graph'>,
  resource: GraphResource,
): Decision {
  const path = graph.path(resource, attributes.namespace, attributes.name, node)
  if (path === undefined) return no(`no relationship found between node '${node}' and this object`)
  return yes('the object is related to the node', path)
}

function getOne(question: Question, resource: GraphResource): Decision {
  const { verb, subresource } = question.attributes
  if (verb !== 'get') return no('can only get individual resources of this type')
  return subresource === '' ? related(question, resource) : no('cannot get subresource')
}

function readNamespaced(question: Question, resource: GraphResource): Decision {
  const { verb, subresource, namespace } = question.attributes
  if (verb !== 'get' && verb !== 'list' && verb !== 'watch') return no('can only read resources of this type')
  if (subresource !== '') return no('cannot read subresource')
  if (namespace === '') return no('can only read namespaced object of this type')
  return related(question, resource)
}

function claim(question: Question): Decision {
  const { verb, subresource } = question.attributes
  if (subresource !== 'status') return getOne(question, 'persistentvolumeclaims')
  if (verb !== 'update' && verb !== 'patch') return no('can only get/update/patch this type')
  return related(question, 'persistentvolumeclaims')
}

function serviceAccount(question: Question): Decision {
  const { verb, subresource, name } = question.attributes
  if (verb === 'get' && subresource === '') {
    const { KubeletServiceAccountTokenForCredentialProviders: credentials, PodCertificateRequest } =
      question.features
    if (!credentials && !PodCertificateRequest) return no('not allowed to get service accounts')
    return readNamespaced(question, 'serviceaccounts')
  }
  if (verb !== 'create' || name === '') return no('can only create tokens for individual service accounts')
  if (subresource !== 'token') return no('can only create token subresource of serviceaccount')
  return reached(question, 'serviceaccounts')
}

const OWN_OBJECT_VERBS = ['get', 'create', 'update', 'patch', 'delete']

/** The name is not known to the authorizer when an object is created: the NodeRestriction admission plug-in looks. */
function ownObject({ node, attributes }: Question, otherwise: string): Decision {
  if (attributes.verb !== 'create' && attributes.name !== node) return no(otherwise)
  return yes("the object is the node's own")
}

function lease(question: Question): Decision {
  const { verb, namespace } = question.attributes
  if (!OWN_OBJECT_VERBS.includes(verb))
    return no('can only get, create, update, patch, or delete a node lease')
  if (namespace !== 'kube-node-lease')
    return no('can only access leases in the "kube-node-lease" system namespace')
  return ownObject(question, 'can only access node lease with the same name as the requesting node')
}

function csiNode(question: Question): Decision {
  const { verb, subresource } = question.attributes
  const otherwise = 'can only access CSINode with the same name as the requesting node'
  // Source: kubernetes v1.37.2, the same function: the status is looked at before the verb.
  if (subresource === 'status' && question.minor >= 37) {
    if (!question.features.CSIVolumeHealth)
      return no('CSINode status access requires CSIVolumeHealth feature')
    if (!['get', 'update', 'patch'].includes(verb)) return no('can only get, update, or patch CSINode status')
    return ownObject(question, otherwise)
  }
  if (subresource !== '' && question.minor >= 37) return no('cannot authorize CSINode subresources')
  if (!OWN_OBJECT_VERBS.includes(verb)) return no('can only get, create, update, patch, or delete a CSINode')
  if (subresource !== '') return no('cannot authorize CSINode subresources')
  return ownObject(question, otherwise)
}

/** Whether the question is limited to objects of the node itself. */
function selectsNode({ node, attributes }: Question, key: string): boolean {
  return attributes.fieldSelector.some(
    (requirement) =>
      requirement.key === key && requirement.operator === 'In' && requirement.values[0] === node,
  )
}

function resourceSlice(question: Question): Decision {
  const { verb, subresource } = question.attributes
  if (subresource !== '') return no('cannot authorize ResourceSlice subresources')
  switch (verb) {
    case 'create':
      return yes('nodes may create resource slices; admission looks whose they are')
    case 'get':
    case 'update':
    case 'patch':
    case 'delete':
      return related(question, 'resourceslices')
    case 'watch':
    case 'list':
    case 'deletecollection':
      if (!question.features.AuthorizeNodeWithSelectors || selectsNode(question, 'spec.nodeName')) {
        return yes("the question is about the node's own resource slices")
      }
      return no('can only list/watch/deletecollection resourceslices with nodeName field selector')
    default:
      return no(
        'only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection',
      )
  }
}

function node(question: Question): Decision | undefined {
  if (!question.features.AuthorizeNodeWithSelectors) return undefined
  const { verb, subresource, name } = question.attributes
  const writes = verb === 'update' || verb === 'patch'
  if (subresource === 'status' && writes)
    return yes('nodes may write the status of nodes; admission looks of which')
  if (subresource !== '') return no('')
  if (writes || verb === 'create') return yes('nodes may register themselves; admission looks at the name')
  if (verb !== 'get' && verb !== 'list' && verb !== 'watch') return no('')
  if (name === question.node) return yes("the object is the node's own")
  return name === ''
    ? no(`node '${question.node}' cannot read all nodes, only its own Node object`)
    : no(`node '${question.node}' cannot read '${name}', only its own Node object`)
}

function pod(question: Question): Decision | undefined {
  if (!question.features.AuthorizeNodeWithSelectors) return undefined
  const { verb, subresource, name } = question.attributes
  switch (subresource) {
    case '':
      if (verb === 'get') return getOne(question, 'pods')
      if (verb === 'list' || verb === 'watch') {
        if (selectsNode(question, 'spec.nodeName')) return yes("the question is about the node's own pods")
        if (name !== '') return related(question, 'pods')
        return no('can only list/watch pods with spec.nodeName field selector')
      }
      if (verb === 'create' || verb === 'delete')
        return yes('nodes may create and delete mirror pods; admission looks at them')
      return no('')
    case 'status':
      return verb === 'update' || verb === 'patch'
        ? yes('nodes may write the status of pods; admission looks of which')
        : no('')
    case 'eviction':
      return verb === 'create' ? yes('nodes may evict pods; admission looks which') : no('')
    default:
      return no('')
  }
}

function podCertificateRequest(question: Question): Decision {
  const { AuthorizeNodeWithSelectors, PodCertificateRequest } = question.features
  if (!AuthorizeNodeWithSelectors || !PodCertificateRequest) return no('')
  const { verb, subresource } = question.attributes
  if (subresource !== '') return no('nodes may not access the status subresource of PodCertificateRequests')
  if (verb === 'create') return yes('nodes may ask for certificates of pods; admission looks for which')
  if (verb === 'get') return related(question, 'podcertificaterequests')
  if (verb !== 'list' && verb !== 'watch') return no(`nodes may not ${verb} podcertificaterequests`)
  return selectsNode(question, 'spec.nodeName')
    ? yes("the question is about the node's own certificate requests")
    : no('can only list/watch podcertificaterequests with nodeName field selector')
}
