/** Namespaces that Kubernetes makes for itself. */
const OWN = new Set(['kube-system', 'kube-public', 'kube-node-lease'])
/** Those that providers and distributions run, by how their names begin; others may not make such names there. */
const PROVIDERS =
  /^(?:openshift(?:-.+)?|gke-(?:managed|gmp|system|mcs).*|gmp-(?:system|public)|kube-(?:flannel|vip)|config-management-(?:system|monitoring)|azure-arc.*|aks-(?:command|istio-system)|amazon-(?:cloudwatch|guardduty)|cattle-(?:.+-)?system|fleet-default|fleet-local|kubernetes-plugin)$/

/** Whether a namespace belongs to the cluster itself, not to those who use it. */
export function isSystemNamespace(name: string): boolean {
  return OWN.has(name) || PROVIDERS.test(name)
}
