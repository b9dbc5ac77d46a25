import type { Distribution } from '../../model/index.js'

/** Where a distribution keeps what matters. Paths are absolute; a path that a host lacks costs one look. */
export interface Places {
  /** Files whose text is read, key files by mode alone. */
  readonly files: readonly string[]
  /** Folders whose files are read, with the depth of folders below them. */
  readonly folders: readonly (readonly [path: string, depth: number])[]
}

/** A distribution's places, and what shows that a host is one: every path of one of the lists exists. */
export interface DistributionPlaces extends Places {
  readonly distribution: Distribution
  readonly marks: readonly (readonly string[])[]
  /** Values of ID or VARIANT_ID in os-release. */
  readonly os?: readonly string[]
}

/** In the order in which they are tried: those that build on another one's paths come before it. */
export const DISTRIBUTIONS: readonly DistributionPlaces[] = [
  {
    distribution: 'talos',
    os: ['talos'],
    marks: [['/system/config/kubernetes'], ['/system/secrets/kubernetes']],
    files: ['/etc/kubernetes/kubelet.yaml', '/etc/kubernetes/kubeconfig-kubelet'],
    folders: [
      ['/system/config/kubernetes', 2],
      ['/system/secrets/kubernetes', 2],
    ],
  },
  {
    distribution: 'bottlerocket',
    os: ['bottlerocket'],
    marks: [['/etc/kubernetes/kubelet/config', '/etc/kubernetes/kubelet/kubeconfig']],
    files: ['/etc/kubernetes/kubelet/config', '/etc/kubernetes/kubelet/kubeconfig'],
    folders: [['/etc/kubernetes/static-pods', 0]],
  },
  {
    distribution: 'openshift',
    os: ['rhcos', 'scos'],
    marks: [['/etc/openshift/kubelet.conf.d'], ['/etc/machine-config-daemon']],
    files: ['/etc/kubernetes/kubelet.conf', '/etc/kubernetes/kubelet-ca.crt', '/etc/kubernetes/kubeconfig'],
    folders: [['/etc/openshift/kubelet.conf.d', 2]],
  },
  {
    distribution: 'eks',
    marks: [
      ['/etc/eks'],
      ['/etc/kubernetes/kubelet/config.json'],
      ['/etc/kubernetes/kubelet/kubelet-config.json'],
    ],
    files: [
      '/etc/kubernetes/kubelet/config.json',
      '/etc/kubernetes/kubelet/kubelet-config.json',
      '/etc/eks/kubelet/environment',
      '/etc/eks/image-credential-provider/config.json',
    ],
    folders: [['/etc/kubernetes/kubelet/config.json.d', 2]],
  },
  {
    distribution: 'aks',
    marks: [['/etc/kubernetes/azure.json'], ['/etc/default/kubeletconfig.json'], ['/opt/azure/containers']],
    files: ['/etc/default/kubeletconfig.json'],
    folders: [['/etc/kubernetes/certs', 0]],
  },
  {
    distribution: 'gke',
    os: ['cos'],
    marks: [['/home/kubernetes/kubelet-config.yaml'], ['/home/kubernetes/kube-env']],
    files: ['/home/kubernetes/kubelet-config.yaml'],
    folders: [],
  },
  {
    distribution: 'rke2',
    marks: [['/etc/rancher/rke2'], ['/var/lib/rancher/rke2']],
    files: [
      '/etc/rancher/rke2/config.yaml',
      '/etc/rancher/rke2/rke2.yaml',
      '/etc/rancher/rke2/rke2-pss.yaml',
      '/etc/rancher/rke2/registries.yaml',
      '/var/lib/rancher/rke2/server/db/etcd/config',
      '/var/lib/rancher/rke2/agent/etc/containerd/config.toml',
      '/etc/default/rke2-server',
      '/etc/default/rke2-agent',
      '/etc/sysconfig/rke2-server',
      '/etc/sysconfig/rke2-agent',
    ],
    folders: [
      ['/etc/rancher/rke2/config.yaml.d', 0],
      ['/var/lib/rancher/rke2/agent', 0],
      ['/var/lib/rancher/rke2/agent/etc/kubelet.conf.d', 2],
      ['/var/lib/rancher/rke2/agent/pod-manifests', 0],
      ['/var/lib/rancher/rke2/server/cred', 0],
      ['/var/lib/rancher/rke2/server/tls', 2],
    ],
  },
  {
    distribution: 'k3s',
    marks: [['/etc/rancher/k3s'], ['/var/lib/rancher/k3s']],
    files: [
      '/etc/rancher/k3s/config.yaml',
      '/etc/rancher/k3s/k3s.yaml',
      '/etc/rancher/k3s/registries.yaml',
      '/etc/systemd/system/k3s.service.env',
      '/etc/systemd/system/k3s-agent.service.env',
      '/var/lib/rancher/k3s/server/db/etcd/config',
      '/var/lib/rancher/k3s/agent/etc/containerd/config.toml',
    ],
    folders: [
      ['/etc/rancher/k3s/config.yaml.d', 0],
      ['/var/lib/rancher/k3s/agent', 0],
      ['/var/lib/rancher/k3s/agent/etc/kubelet.conf.d', 2],
      ['/var/lib/rancher/k3s/agent/pod-manifests', 0],
      ['/var/lib/rancher/k3s/server/cred', 0],
      ['/var/lib/rancher/k3s/server/tls', 2],
    ],
  },
  {
    distribution: 'microk8s',
    marks: [['/var/snap/microk8s'], ['/snap/microk8s']],
    files: [],
    folders: [
      ['/var/snap/microk8s/current/args', 1],
      ['/var/snap/microk8s/current/credentials', 0],
      ['/var/snap/microk8s/current/certs', 0],
    ],
  },
  {
    distribution: 'k0s',
    marks: [['/var/lib/k0s'], ['/etc/k0s']],
    files: ['/etc/k0s/k0s.yaml', '/var/lib/k0s/kubelet-config.yaml', '/var/lib/k0s/kubelet.conf'],
    folders: [['/var/lib/k0s/pki', 1]],
  },
  {
    distribution: 'minikube',
    marks: [['/var/lib/minikube']],
    files: [],
    folders: [['/var/lib/minikube/certs', 1]],
  },
  {
    distribution: 'kubespray',
    marks: [['/etc/kubernetes/kubelet.env'], ['/etc/kubernetes/kubelet-config.yaml']],
    files: ['/etc/kubernetes/kubelet-config.yaml', '/etc/kubernetes/kubelet.env', '/etc/etcd.env'],
    folders: [
      ['/etc/kubernetes/ssl', 1],
      ['/etc/ssl/etcd/ssl', 0],
    ],
  },
  {
    distribution: 'kubeadm',
    marks: [
      ['/var/lib/kubelet/kubeadm-flags.env'],
      ['/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf'],
      ['/etc/systemd/system/kubelet.service.d/10-kubeadm.conf'],
      ['/etc/kubernetes/admin.conf', '/etc/kubernetes/manifests/kube-apiserver.yaml'],
      ['/etc/kubernetes/kubelet.conf', '/var/lib/kubelet/config.yaml'],
    ],
    files: [
      '/var/lib/kubelet/config.yaml',
      '/var/lib/kubelet/instance-config.yaml',
      '/var/lib/kubelet/kubeadm-flags.env',
      '/etc/kubernetes/admin.conf',
      '/etc/kubernetes/super-admin.conf',
      '/etc/kubernetes/kubelet.conf',
      '/etc/kubernetes/bootstrap-kubelet.conf',
      '/etc/kubernetes/controller-manager.conf',
      '/etc/kubernetes/scheduler.conf',
    ],
    folders: [
      ['/etc/kubernetes/manifests', 0],
      ['/etc/kubernetes/pki', 1],
    ],
  },
]

/** What any host may have. */
export const COMMON_PLACES: Places = {
  files: [
    '/etc/passwd',
    '/etc/group',
    '/etc/hostname',
    '/etc/os-release',
    '/usr/lib/os-release',
    '/etc/default/kubelet',
    '/etc/sysconfig/kubelet',
    '/etc/default/docker',
    '/etc/sysconfig/docker',
    '/etc/default/containerd',
    '/etc/sysconfig/containerd',
    '/var/lib/kubelet/kubeconfig',
    '/var/lib/kubelet/config.json',
    '/var/lib/kube-proxy/config.conf',
    '/var/lib/kube-proxy/kubeconfig.conf',
    '/var/lib/kubelet/bootstrap-kubeconfig',
    '/etc/etcd.env',
    '/etc/default/etcd',
    '/etc/docker/daemon.json',
    '/etc/containers/registries.conf',
    '/etc/fstab',
    '/etc/audit/audit.rules',
    '/etc/selinux/config',
    '/var/lib/docker/swarm/docker-state.json',
    '/etc/subuid',
    '/etc/subgid',
    '/root/.kube/config',
    '/root/.docker/config.json',
  ],
  folders: [
    ['/var/lib/kubelet/pki', 0],
    ['/etc/docker', 0],
    ['/etc/docker/certs.d', 1],
    ['/etc/containerd', 3],
    ['/etc/crio', 1],
    ['/etc/cni/net.d', 0],
    ['/var/lib/rancher/k3s/agent/etc/cni/net.d', 0],
    ['/var/lib/rancher/rke2/agent/etc/cni/net.d', 0],
    ['/etc/etcd', 1],
    ['/etc/audit/rules.d', 0],
  ],
}

/** Looked at for mode and owner alone. */
export const STAT_PLACES: readonly string[] = [
  '/etc',
  '/etc/kubernetes',
  '/var/lib/kubelet',
  '/var/lib/etcd',
  '/var/lib/etcd/member/snap/db',
  '/var/lib/minikube/etcd',
  '/var/lib/k0s/etcd',
  '/var/lib/rancher/k3s/server/db/etcd',
  '/var/lib/rancher/rke2/server/db/etcd',
  '/var/lib/docker',
  '/var/lib/docker/swarm',
  '/var/lib/containerd',
  '/opt/cni/bin',
  '/run/docker.sock',
  '/var/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/docker/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/etc/containers/oci/hooks.d',
  '/usr/share/containers/oci/hooks.d',
  '/run/k3s/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '/usr/bin/dockerd',
  '/usr/bin/kubelet',
  '/usr/bin/containerd',
  '/usr/bin/containerd-shim',
  '/usr/bin/containerd-shim-runc-v1',
  '/usr/bin/containerd-shim-runc-v2',
  '/usr/bin/runc',
  '/run/containerd',
  // Version 2 of control groups has the first alone, version 1 the second.
  '/sys/fs/cgroup/cgroup.controllers',
  '/sys/fs/cgroup/memory',
]

/** Below each home folder. */
export const HOME_FILES: readonly string[] = [
  '.kube/config',
  '.docker/config.json',
  '.config/docker/daemon.json',
]
