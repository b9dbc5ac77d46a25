import type { Attributes, ResourceAttributes } from '../../src/access/attributes.js'
import { asList, asString, field, valueAt, type JsonValue, type KubeObject } from '../../src/model/index.js'

/**
 * The Node authorizer of 1.36 without a graph, written from the description alone: for each question all objects are
 * searched anew for one that leads to the node. Slow and simple: the fast engine must agree with it.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/node/node_authorizer.go and graph.go.
 */
export function naiveNode(objects: readonly KubeObject[], attributes: Attributes): boolean {
  const { name: user, groups } = attributes.user
  if (!user.startsWith('system:node:') || !groups.includes('system:nodes')) return false
  const node = user.slice('system:node:'.length)
  if (node === '' || attributes.kind === 'nonResource') return false
  const { verb, group, resource, subresource, name, namespace } = attributes
  const reads = ['get', 'list', 'watch'].includes(verb)
  const writes = ['update', 'patch'].includes(verb)
  const plain = subresource === ''
  const selects = attributes.fieldSelector.some(
    ({ key, operator, values }) => key === 'spec.nodeName' && operator === 'In' && values[0] === node,
  )
  const leads = (): boolean => name !== '' && leadsTo(objects, attributes, node)
  const own =
    ['get', 'create', 'update', 'patch', 'delete'].includes(verb) && (verb === 'create' || name === node)
  switch (`${resource}.${group}`) {
    case 'secrets.':
    case 'configmaps.':
      return reads && plain && namespace !== '' && leads()
    case 'persistentvolumeclaims.':
      return subresource === 'status' ? writes && leads() : verb === 'get' && plain && leads()
    case 'persistentvolumes.':
    case 'volumeattachments.storage.k8s.io':
    case 'resourceclaims.resource.k8s.io':
      return verb === 'get' && plain && leads()
    case 'serviceaccounts.':
      if (verb === 'get' && plain) return namespace !== '' && leads()
      return verb === 'create' && subresource === 'token' && leads()
    case 'leases.coordination.k8s.io':
      return namespace === 'kube-node-lease' && own
    case 'csinodes.storage.k8s.io':
      return plain && own
    case 'resourceslices.resource.k8s.io':
      if (!plain) return false
      if (['list', 'watch', 'deletecollection'].includes(verb)) return selects
      return verb === 'create' || (['get', 'update', 'patch', 'delete'].includes(verb) && leads())
    case 'nodes.':
      if (subresource === 'status') return writes
      return plain && (writes || verb === 'create' || (reads && name === node))
    case 'pods.':
      if (subresource === 'status') return writes
      if (subresource === 'eviction') return verb === 'create'
      if (!plain) return false
      if (verb === 'create' || verb === 'delete') return true
      return verb === 'get' ? leads() : reads && (selects || leads())
    case 'podcertificaterequests.certificates.k8s.io':
      return false
    default:
      return plain && everyNode(verb, group, resource)
  }
}

const EVERY_NODE: readonly string[] = [
  'create tokenreviews.authentication.k8s.io',
  'create subjectaccessreviews.authorization.k8s.io',
  'create localsubjectaccessreviews.authorization.k8s.io',
  ...['get', 'list', 'watch'].flatMap((verb) => [
    `${verb} services.`,
    `${verb} csidrivers.storage.k8s.io`,
    `${verb} runtimeclasses.node.k8s.io`,
    `${verb} certificatesigningrequests.certificates.k8s.io`,
  ]),
  'create certificatesigningrequests.certificates.k8s.io',
  ...['create', 'update', 'patch'].flatMap((verb) => [`${verb} events.`, `${verb} events.events.k8s.io`]),
  'get endpoints.',
]

function everyNode(verb: string, group: string, resource: string): boolean {
  return EVERY_NODE.includes(`${verb} ${resource}.${group}`)
}

function leadsTo(objects: readonly KubeObject[], asked: ResourceAttributes, node: string): boolean {
  const { resource, namespace, name } = asked
  const on = (kind: string): KubeObject[] =>
    objects.filter((each) => each.ref.kind === kind && text(each.content, 'spec', 'nodeName') === node)
  const bearsName = ({ ref }: KubeObject): boolean => ref.name === name && ref.namespace === namespace
  if (resource === 'pods') return on('Pod').some(bearsName)
  if (resource === 'volumeattachments') return on('VolumeAttachment').some(bearsName)
  if (resource === 'resourceslices') return on('ResourceSlice').some(bearsName)
  if (resource === 'persistentvolumes') {
    return objects.some(
      (each) => each.ref.kind === 'PersistentVolume' && bearsName(each) && claimIsOn(objects, each, node),
    )
  }
  const pods = on('Pod').filter((pod) => pod.ref.namespace === namespace && !isMirror(pod))
  if (pods.some((pod) => namesIn(pod, resource).includes(name))) return true
  if (resource !== 'secrets') return false
  return objects.some(
    (each) =>
      each.ref.kind === 'PersistentVolume' &&
      claimIsOn(objects, each, node) &&
      text(each.content, 'spec', 'csi', 'nodeStageSecretRef', 'name') === name &&
      text(each.content, 'spec', 'csi', 'nodeStageSecretRef', 'namespace') === namespace,
  )
}

function claimIsOn(objects: readonly KubeObject[], volume: KubeObject, node: string): boolean {
  return objects.some(
    (pod) =>
      pod.ref.kind === 'Pod' &&
      !isMirror(pod) &&
      text(pod.content, 'spec', 'nodeName') === node &&
      pod.ref.namespace === text(volume.content, 'spec', 'claimRef', 'namespace') &&
      namesIn(pod, 'persistentvolumeclaims').includes(text(volume.content, 'spec', 'claimRef', 'name')),
  )
}

function isMirror(pod: KubeObject): boolean {
  return valueAt(pod.content, ['metadata', 'annotations', 'kubernetes.io/config.mirror']) !== undefined
}

function namesIn(pod: KubeObject, resource: string): string[] {
  const spec = field(pod.content, 'spec')
  const volumes = asList(field(spec, 'volumes'))
  const environment = ['containers', 'ephemeralContainers'].flatMap((list) =>
    asList(field(spec, list)).flatMap((container) => asList(field(container, 'envFrom'))),
  )
  switch (resource) {
    case 'serviceaccounts':
      return [text(spec, 'serviceAccountName')]
    case 'secrets':
      return [
        ...volumes.map((volume) => text(volume, 'secret', 'secretName')),
        ...environment.map((each) => text(each, 'secretRef', 'name')),
        ...asList(field(spec, 'imagePullSecrets')).map((each) => text(each, 'name')),
      ]
    case 'configmaps':
      return [
        ...volumes.map((volume) => text(volume, 'configMap', 'name')),
        ...environment.map((each) => text(each, 'configMapRef', 'name')),
      ]
    case 'persistentvolumeclaims':
      return volumes.map((volume) =>
        field(volume, 'ephemeral') === undefined
          ? text(volume, 'persistentVolumeClaim', 'claimName')
          : `${pod.ref.name}-${text(volume, 'name')}`,
      )
    case 'resourceclaims':
      return asList(field(spec, 'resourceClaims')).map((claim) => text(claim, 'resourceClaimName'))
    default:
      return []
  }
}

function text(value: JsonValue | undefined, ...path: string[]): string {
  return asString(valueAt(value, path)) ?? ''
}
