/** Namespaces of providers and distributions, beside those of Kubernetes itself. */
const OF_PROVIDERS =
  /^(?:openshift|openshift-.+|gke-.+|gmp-(?:system|public)|config-management-system|amazon-[\w-]+|aks-[\w-]+|calico-system|calico-apiserver|tigera-operator|cattle-system|cattle-fleet-system|local-path-storage)$/

/**
 * Whether a namespace belongs to the cluster rather than to its users. The prefix `kube-` is reserved.
 * Source: kubernetes.io, Namespaces ("Avoid creating namespaces with the prefix kube-").
 */
export function isSystemNamespace(name: string): boolean {
  return name.startsWith('kube-') || OF_PROVIDERS.test(name)
}
