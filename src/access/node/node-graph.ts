import { asObject, asString, isObject, valueAt, type KubeObject, type ObjectRef } from '../../model/index.js'
import { podReferences } from './pod-references.js'
import { volumeSecretsOf } from './volume-secrets.js'

/** Resources that the node authorizer relates to nodes. */
export type GraphResource =
  | 'pods'
  | 'serviceaccounts'
  | 'secrets'
  | 'configmaps'
  | 'persistentvolumeclaims'
  | 'persistentvolumes'
  | 'resourceclaims'
  | 'volumeattachments'
  | 'resourceslices'
  | 'podcertificaterequests'

/** Which object leads to which node. */
export interface NodeGraph {
  /** The objects between an object and a node, nearest to the object first; undefined without a relation. */
  path(
    resource: GraphResource,
    namespace: string,
    name: string,
    node: string,
  ): readonly ObjectRef[] | undefined
  /** What a node reaches: for each resource, `namespace/name` of each object. */
  reachedBy(node: string): Iterable<{ resource: GraphResource; namespace: string; name: string }>
}

interface Vertex {
  readonly resource: GraphResource
  readonly namespace: string
  readonly name: string
  /** Nodes that this object leads to by itself or through a pod: the pod (or nothing) that leads there. */
  readonly nodes: Map<string, ObjectRef | undefined>
  /** Objects that this one leads to whose nodes are not known beforehand. */
  readonly next: Map<Vertex, ObjectRef>
}

/**
 * Relates objects to nodes as the node authorizer does: through the pods that are bound to a node, the volumes that
 * their claims are bound to, attachments, resource slices and certificate requests. A pod counts until it is deleted,
 * whatever its phase.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/node/graph.go and graph_populator.go.
 */
export function buildNodeGraph(objects: Iterable<KubeObject>): NodeGraph {
  const vertices = new Map<string, Vertex>()
  const seen = new Set<string>()
  const vertex = (resource: GraphResource, namespace: string, name: string): Vertex => {
    const key = `${resource}/${namespace}/${name}`
    let found = vertices.get(key)
    if (found === undefined) {
      found = { resource, namespace, name, nodes: new Map(), next: new Map() }
      vertices.set(key, found)
    }
    return found
  }
  for (const object of objects) {
    // A pod that a host's manifest describes runs as a mirror pod, which gives nothing.
    const add = object.source === 'static-pod' ? undefined : ADD[`${object.ref.kind}.${object.ref.group}`]
    if (add === undefined) continue
    const key = `${object.ref.kind}/${object.ref.namespace}/${object.ref.name}`
    if (seen.has(key)) continue
    seen.add(key)
    add(object, vertex)
  }
  return {
    path: (resource, namespace, name, node) => {
      const from = vertices.get(`${resource}/${namespace}/${name}`)
      return from === undefined ? undefined : pathTo(from, node)
    },
    *reachedBy(node) {
      for (const each of vertices.values()) {
        const { resource, namespace, name } = each
        if (pathTo(each, node) !== undefined) yield { resource, namespace, name }
      }
    },
  }
}

type Add = (
  object: KubeObject,
  vertex: (resource: GraphResource, namespace: string, name: string) => Vertex,
) => void

const ADD: Readonly<Record<string, Add>> = {
  'Pod.': (pod, vertex) => {
    const node = nodeName(pod)
    if (node === '') return
    const { namespace, name } = pod.ref
    setNode(vertex('pods', namespace, name), node, undefined)
    for (const reference of podReferences(pod.content)) {
      setNode(vertex(reference.kind, namespace, reference.name), node, pod.ref)
    }
  },
  'PersistentVolume.': (volume, vertex) => {
    const claim = valueAt(volume.content, ['spec', 'claimRef'])
    if (!isObject(claim)) return
    const namespace = asString(claim.namespace) ?? ''
    const name = asString(claim.name) ?? ''
    const own = vertex('persistentvolumes', '', volume.ref.name)
    const claimRef = { group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespace, name }
    own.next.set(vertex('persistentvolumeclaims', namespace, name), claimRef)
    for (const secret of volumeSecretsOf(asObject(volume.content))) {
      vertex('secrets', secret.namespace, secret.name).next.set(own, volume.ref)
    }
  },
  'VolumeAttachment.storage.k8s.io': (object, vertex) =>
    setNode(vertex('volumeattachments', '', object.ref.name), nodeName(object), undefined),
  'ResourceSlice.resource.k8s.io': (object, vertex) =>
    setNode(vertex('resourceslices', '', object.ref.name), nodeName(object), undefined),
  'PodCertificateRequest.certificates.k8s.io': (object, vertex) =>
    setNode(
      vertex('podcertificaterequests', object.ref.namespace, object.ref.name),
      nodeName(object),
      undefined,
    ),
}

function nodeName(object: KubeObject): string {
  return asString(valueAt(object.content, ['spec', 'nodeName'])) ?? ''
}

function setNode(vertex: Vertex, node: string, through: ObjectRef | undefined): void {
  if (node !== '' && !vertex.nodes.has(node)) vertex.nodes.set(node, through)
}

function pathTo(from: Vertex, node: string): ObjectRef[] | undefined {
  if (from.nodes.has(node)) {
    const through = from.nodes.get(node)
    return through === undefined ? [] : [through]
  }
  // secret -> volume -> claim is the longest way: depth is bounded.
  for (const [next, ref] of from.next) {
    const rest = pathTo(next, node)
    if (rest !== undefined) return [ref, ...rest]
  }
  return undefined
}
