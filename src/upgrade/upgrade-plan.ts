/**
 * What a step of an upgrade does. Closed: who runs a plan knows each of them.
 * - backup: copies manifests, PKI and the kubelet's configuration of a control-plane node into a folder on that node
 * - etcd-snapshot: saves the contents of etcd
 * - repository: points the package manager at the minor's repository
 * - kubeadm-plan: asks kubeadm what it would do, and whether it would refuse; changes nothing
 * - kubeadm-apply: the first control-plane node of a version; kubeadm-node: all others and workers
 * - replace-node and remove-node are of replacement alone: the user's own command makes a new node, the old one goes
 */
export const UPGRADE_ACTIONS = [
  'health-gate',
  'backup',
  'etcd-snapshot',
  'repository',
  'install-kubeadm',
  'kubeadm-plan',
  'kubeadm-apply',
  'kubeadm-node',
  'drain',
  'install-kubelet',
  'restart-kubelet',
  'uncordon',
  'replace-node',
  'remove-node',
] as const
export type UpgradeAction = (typeof UPGRADE_ACTIONS)[number]

/** The first control-plane node runs `kubeadm upgrade apply`; it must hold /etc/kubernetes/admin.conf. */
export type UpgradeRole = 'first-control-plane' | 'control-plane' | 'worker'

/** How a node gets its packages. `dnf5` excludes differently from `dnf` (yum, DNF 4). */
export const PACKAGE_MANAGERS = ['apt', 'dnf', 'dnf5', 'unknown'] as const
export type PackageManager = (typeof PACKAGE_MANAGERS)[number]

/**
 * One thing to do. `run` is a program with its arguments, without a shell; `write` makes a whole file. `node` is the
 * node of the step, as root; `here` is where Rampart runs, with the kubeconfig of the user.
 */
export type PlannedCommand =
  | {
      readonly run: readonly string[]
      readonly on: 'node' | 'here'
      /** Environment variables beside the usual ones. */
      readonly env?: Readonly<Record<string, string>>
      /** The file on the same machine that takes its standard output, readable by its owner alone. */
      readonly output?: string
    }
  | {
      readonly write: string
      readonly text: string
      /** Permission bits as in `0644`. */
      readonly mode: string
      readonly on: 'node'
    }

/** One step. Steps stand in the order in which they are done. */
export interface PlannedStep {
  /** Unique in the plan and stable: `1.36/worker-7/drain`. */
  readonly id: string
  /** The node's name; empty for a step about the whole cluster. */
  readonly node: string
  readonly role: UpgradeRole | 'cluster'
  readonly action: UpgradeAction
  /** The minor that the step leads to, `1.36`. */
  readonly minor: string
  /** The version that is there after it, `v1.36.4`. */
  readonly version: string
  /**
   * Steps that follow one another in the same group may run beside each other if they are of different nodes, at most
   * `maxUnavailable` nodes at a time; those of one node one after another. Without a group a step runs alone.
   */
  readonly group?: string
  /** One sentence for people. */
  readonly title: string
  readonly commands: readonly PlannedCommand[]
  /** What must be so before it, one sentence. */
  readonly precondition: string
  /** How one sees that it is done, one sentence. */
  readonly check: string
  /**
   * Versions that the node must have once the step is done, for gates and for steps that change one. A control-plane node
   * has its new API server before its new kubelet, which waits until every API server is new.
   */
  readonly expect?: { readonly kubelet?: string; readonly apiserver?: string; readonly kubeadm?: string }
  /** The way back from here, one sentence. */
  readonly back: string
  /** Set when there is no way back but a restore: why. */
  readonly pointOfNoReturn?: string
}

/** A node as it was when the plan was made, in the order in which nodes are visited. */
export interface PlannedNode {
  readonly name: string
  readonly uid: string
  readonly role: UpgradeRole
  readonly packages: PackageManager
  /** The kubelet's version, `v1.34.4`. */
  readonly kubelet: string
}

/** One minor of the road, or the patch at its end. */
export interface PlannedHop {
  readonly minor: string
  /** `v1.36.4`. */
  readonly version: string
  /**
   * - minor: the control plane goes to the next minor
   * - patch: it goes to another patch of its minor
   * - catch-up: it stays, and workers come so near to it that it may go on
   */
  readonly kind: 'minor' | 'patch' | 'catch-up'
  /** How many workers get this version's kubelet in this hop. */
  readonly visits: number
  /** How many of them keep their kubelet, which the policy allows; kubeadm goes along on them, without a drain. */
  readonly left: number
  /** What kubeadm makes of a local etcd, `3.6.8-0`; absent where it is not known. */
  readonly etcd?: string
}

/** Options of kubeadm. It stores neither, so they are named with each of its commands. */
export interface KubeadmSettings {
  /** Folder of patches on every control-plane node, an absolute path. */
  readonly patches?: string
  /** The same on every worker. kubeadm fails where the folder is not there. */
  readonly workerPatches?: string
  /** Checks of kubeadm whose failure is a warning. */
  readonly ignorePreflightErrors?: readonly string[]
}

/** The saved plan: a header, and the steps. */
export interface UpgradePlan {
  readonly kind: 'rampart.upgrade-plan'
  readonly format: 1
  readonly rampart: string
  readonly cluster: {
    /** As reports name it: the context, or the file that was read. */
    readonly name: string
    /** UID of the namespace kube-system; empty where it was not read. */
    readonly uid: string
    /** SHA-256 of the cluster as it was: see `clusterFingerprint`. */
    readonly fingerprint: string
  }
  readonly from: string
  readonly to: string
  readonly hops: readonly PlannedHop[]
  readonly nodes: readonly PlannedNode[]
  readonly settings: {
    readonly conservative: boolean
    /** How many workers may be away at the same time. */
    readonly maxUnavailable: number
    /** `replace`: workers are replaced by new nodes that the user's command makes. */
    readonly workers: 'in-place' | 'replace'
    readonly etcd: 'local' | 'external' | 'unknown'
    /** Where backups are put on control-plane nodes. */
    readonly backups: string
    /** As kubectl drain has them. */
    readonly drain: { readonly deleteEmptydirData: boolean; readonly force: boolean }
    /** What kubeadm is told beside the version; absent where it is nothing. */
    readonly kubeadm?: KubeadmSettings
  }
  /** The day of the data about releases (`2026-11-23`). */
  readonly dataDate: string
  /** What the plan does not do and the reader must know, one sentence each. */
  readonly notes: readonly string[]
  readonly steps: readonly PlannedStep[]
  /** SHA-256 of everything else in the plan: see `planDigest`. */
  readonly digest: string
}
