import type { Target } from '../model/index.js'

/** Parts of an estate that people share out among themselves. */
export type Area =
  'Kubelet' | 'Docker' | 'Control plane' | 'Hosts' | 'Access' | 'Workloads' | 'Network' | 'Cluster'

const CONTROL_PLANE = new Set(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd', 'k3s'])
const DOCKER = new Set(['dockerd', 'containerd'])
const ACCESS_KINDS = new Set(['ServiceAccount', 'Secret', 'CertificateSigningRequest'])
const NETWORK_KINDS = new Set(['Service', 'Ingress', 'NetworkPolicy', 'Gateway', 'HTTPRoute', 'IngressClass'])
const CLUSTER_KINDS = new Set([
  'Namespace',
  'Node',
  'ConfigMap',
  'PersistentVolume',
  'CustomResourceDefinition',
])

/** The area that a target belongs to; objects of kinds not known here are workloads (most make pods). */
export function areaOf(target: Target): Area {
  switch (target.kind) {
    case 'estate':
      return 'Cluster'
    case 'host':
      return 'Hosts'
    case 'component':
      if (target.component === 'kubelet') return 'Kubelet'
      if (DOCKER.has(target.component)) return 'Docker'
      return CONTROL_PLANE.has(target.component) ? 'Control plane' : 'Hosts'
    case 'object':
      return areaOfKind(target.object.group, target.object.kind)
  }
}

function areaOfKind(group: string, kind: string): Area {
  if (group === 'rbac.authorization.k8s.io' || ACCESS_KINDS.has(kind)) return 'Access'
  if (group === 'networking.k8s.io' || group === 'gateway.networking.k8s.io' || NETWORK_KINDS.has(kind))
    return 'Network'
  if (group === 'admissionregistration.k8s.io' || CLUSTER_KINDS.has(kind)) return 'Cluster'
  return 'Workloads'
}
