import type { Problem } from './problem.js'

/** A file of a host. `text` is set when the file was read; devices, sockets and pipes are never opened. */
export interface HostFile {
  /** Absolute path on the host. */
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink' | 'socket' | 'other'
  /** Permission bits (0o7777), numeric owner and group, of a link those of what it points at; absent in sources that keep none. */
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly size?: number
  /** Seconds since 1970 of the last change. */
  readonly modified?: number
  readonly target?: string
  readonly text?: string
  /** SHA-256 (hex) of the public halves of the private keys in it, which are themselves never kept. */
  readonly publicKeys?: readonly string[]
  /** Why there is no text although the file exists. */
  readonly unreadable?: string
}

/** One argument of a process together with the file and line that hold it, where it came from a file. */
export interface Argument {
  readonly value: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** How a command line was learnt; `process` beats all others, and they beat what kubeadm would write. */
export type CommandSource =
  'process' | 'ps' | 'unit' | 'static-pod' | 'args-file' | 'mirror-pod' | 'k3s' | 'kubeadm-config'

/** A command line of a component: running, or as a unit or manifest would start it. */
export interface Command {
  /** kubelet, kube-apiserver, kube-controller-manager, kube-scheduler, etcd, kube-proxy, dockerd, containerd, k3s ... */
  readonly component: string
  readonly source: CommandSource
  /** Arguments without the program itself, in order. */
  readonly args: readonly Argument[]
  readonly executable: string
  readonly pid?: number
  /** The process's working folder: relative paths resolve against it. */
  readonly workingDirectory?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Seconds since 1970 when the process started. */
  readonly started?: number
  /** The line was cut (ps without -ww), so later arguments are missing. */
  readonly cut?: boolean
  /** A variable that could not be resolved: every setting that it may hold is unknown. */
  readonly unresolved?: readonly string[]
  /** `unit kubelet.service`, `pod kube-system/kube-apiserver-cp-1`, `process 812`. */
  readonly described: string
}

/** Who installed the node's software; decides where files are. */
export type Distribution =
  | 'kubeadm'
  | 'k3s'
  | 'rke2'
  | 'microk8s'
  | 'k0s'
  | 'talos'
  | 'eks'
  | 'aks'
  | 'gke'
  | 'openshift'
  | 'bottlerocket'
  | 'minikube'
  | 'kubespray'
  | 'unknown'

/** What is known of one machine. */
export interface Host {
  readonly name: string
  /** The folder (or `/`) that it was read from, as the user named it. */
  readonly root: string
  readonly distribution: Distribution
  readonly commands: readonly Command[]
  /** Files by absolute path on the host. */
  readonly files: ReadonlyMap<string, HostFile>
  /** User and group names by number, from this host's own passwd and group. */
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, { readonly name: string; readonly members: readonly string[] }>
  readonly problems: readonly Problem[]
  /** Whether processes could be seen at all; without them a running setting may differ from the files. */
  readonly processesSeen: boolean
}
