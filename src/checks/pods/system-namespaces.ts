/** Namespaces that belong to the cluster itself, not to those who use it. */
const SYSTEM =
  /^(?:kube-system|kube-public|kube-node-lease|gmp-system|gke-managed-[a-z0-9-]+|kube-flannel|calico-system|calico-apiserver|tigera-operator|cilium|cattle-system|cattle-fleet-system|fleet-system|openshift|openshift-[a-z0-9-]+|metallb-system|gpu-operator|longhorn-system|rook-ceph)$/

/** Whether workloads of a namespace are part of the cluster. One without a name is nobody's. */
export function isSystemNamespace(namespace: string): boolean {
  return SYSTEM.test(namespace)
}
