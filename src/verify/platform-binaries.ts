/** A project whose programs make a platform. */
export type Project =
  | 'kubernetes'
  | 'etcd'
  | 'containerd'
  | 'runc'
  | 'docker'
  | 'cri-tools'
  | 'cri-o'
  | 'k3s'
  | 'rke2'
  | 'k0s'
  | 'crun'

/** Programs that a Kubernetes node or a Docker host trusts its workloads to, by the name of their file. */
export const PLATFORM_BINARIES: Readonly<Record<string, Project>> = {
  kubelet: 'kubernetes',
  kubeadm: 'kubernetes',
  kubectl: 'kubernetes',
  'kubectl-convert': 'kubernetes',
  'kube-apiserver': 'kubernetes',
  'kube-controller-manager': 'kubernetes',
  'kube-scheduler': 'kubernetes',
  'kube-proxy': 'kubernetes',
  etcd: 'etcd',
  etcdctl: 'etcd',
  etcdutl: 'etcd',
  containerd: 'containerd',
  'containerd-shim': 'containerd',
  'containerd-shim-runc-v1': 'containerd',
  'containerd-shim-runc-v2': 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  crun: 'crun',
  dockerd: 'docker',
  docker: 'docker',
  'docker-proxy': 'docker',
  'docker-init': 'docker',
  crictl: 'cri-tools',
  crio: 'cri-o',
  conmon: 'cri-o',
  k3s: 'k3s',
  rke2: 'rke2',
  k0s: 'k0s',
}

/** The project of a program by the name of its file. */
export function projectOf(name: string): Project | undefined {
  return Object.hasOwn(PLATFORM_BINARIES, name) ? PLATFORM_BINARIES[name] : undefined
}

/** Folders that programs are installed in, by packages, installers and distributions. */
export const BINARY_FOLDERS: readonly string[] = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/bin',
  '/sbin',
  '/opt/bin',
  '/opt/kubernetes/bin',
  '/opt/containerd/bin',
  '/usr/libexec/docker',
  '/usr/libexec/crio',
  '/home/kubernetes/bin',
  '/var/lib/rancher/rke2/bin',
  '/var/lib/k0s/bin',
  '/snap/microk8s/current',
  '/snap/microk8s/current/bin',
]

/** Folders with one folder a version below them, and what follows it. */
export const VERSIONED_FOLDERS: readonly (readonly [folder: string, below: string])[] = [
  ['/var/lib/rancher/k3s/data', 'bin'],
  ['/var/lib/rancher/rke2/data', 'bin'],
  ['/var/lib/minikube/binaries', ''],
]
