/** Ports of a node on which components of Kubernetes, etcd and Docker listen, by default. */
export const CONTROL_PORTS: ReadonlyMap<number, string> = new Map([
  [2375, 'Docker'],
  [2376, 'Docker'],
  [2379, 'etcd'],
  [2380, 'etcd'],
  [4194, 'cAdvisor'],
  [6443, 'the API server'],
  [10248, 'the health of the kubelet'],
  [10249, 'kube-proxy'],
  [10250, 'the kubelet'],
  [10255, 'the kubelet'],
  [10256, 'kube-proxy'],
  [10257, 'kube-controller-manager'],
  [10259, 'kube-scheduler'],
])
