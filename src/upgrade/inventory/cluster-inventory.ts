import type { Host, KubeObject, Unknown } from '../../model/index.js'
import type { KubeVersion } from '../kube-version.js'
import type { PackageManager } from '../upgrade-plan.js'

/** Components whose version the skew policy binds. */
export const VERSIONED_COMPONENTS = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'cloud-controller-manager',
  'kubelet',
  'kube-proxy',
  'kubeadm',
  'kubectl',
] as const
export type VersionedComponent = (typeof VERSIONED_COMPONENTS)[number]

/** One component on one node with its version, where that is known. */
export interface InstalledComponent {
  readonly component: VersionedComponent
  readonly node: string
  /** As it was read: `v1.36.2`, an image tag. */
  readonly text: string
  /** Undefined where the text is no version of Kubernetes. */
  readonly version?: KubeVersion
  /** Where it was read: `Node worker-1 status.nodeInfo.kubeletVersion`. */
  readonly seen: string
}

/** One member of etcd. */
export interface EtcdMember {
  readonly node: string
  /** `3.5.24`; undefined where the image has no such tag. */
  readonly version?: readonly [number, number, number]
  readonly text: string
  readonly seen: string
}

/** One node. */
export interface NodeInventory {
  readonly name: string
  readonly uid: string
  readonly role: 'control-plane' | 'worker'
  readonly os: 'linux' | 'windows' | 'unknown'
  readonly osImage: string
  readonly kernel: string
  readonly architecture: string
  readonly packages: PackageManager
  /** `containerd 1.7.27`, from `containerd://1.7.27`. */
  readonly runtime?: { readonly name: string; readonly version: string }
  /** 1 or 2; undefined where nothing read says it. */
  readonly cgroup?: 1 | 2
  /** undefined: no condition says it. */
  readonly ready?: boolean
  /** Conditions that are true and should not be: `MemoryPressure`. */
  readonly troubles: readonly string[]
  readonly cordoned: boolean
  /** Cordoned by an upgrade that did not come to open it again. */
  readonly leftCordoned: boolean
  readonly object?: KubeObject
  readonly host?: Host
}

/** How etcd is run. `local`: by kubeadm, beside each API server. */
export type EtcdTopology = 'local' | 'external' | 'unknown'

/** What of a cluster an upgrade is about. */
export interface ClusterInventory {
  readonly name: string
  /** UID of the namespace kube-system, empty where it was not read. */
  readonly uid: string
  /** In the order of their names. */
  readonly nodes: readonly NodeInventory[]
  readonly components: readonly InstalledComponent[]
  readonly etcd: { readonly topology: EtcdTopology; readonly members: readonly EtcdMember[] }
  /** `kubernetesVersion` of the ConfigMap kubeadm-config; undefined where the cluster is not kubeadm's or it was not read. */
  readonly kubeadm?: { readonly version?: KubeVersion; readonly clusterConfiguration: string }
  /** Who runs the control plane, where that is not the user. */
  readonly managedBy?: string
  /** What could not be read, and so is not judged. */
  readonly gaps: readonly Unknown[]
}
