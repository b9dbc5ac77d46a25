/** One minor release, from data/kubernetes-releases.json or the file that replaces it. */
export interface ReleaseRow {
  readonly minor: number
  /** Days as `2026-08-26`. */
  readonly release: string
  /** From this day on only grave faults are mended. */
  readonly maintenance?: string
  /** The day after which nothing is: as published once it was past, else as announced. */
  readonly endOfLife: string
  /** As announced at first. */
  readonly scheduledEndOfLife?: string
  /** The newest patch that the data know, and the day on which it was published where that is known. */
  readonly patch?: { readonly version: string; readonly published?: string }
}

/** What kubeadm of a minor brings. */
export interface KubeadmRow {
  readonly minor: number
  /** Version of etcd that it makes of a local one, `3.6.8`. */
  readonly etcd: string
  /** The oldest etcd of others that it accepts. */
  readonly minExternalEtcd?: string
}

/** A version of an API that ends. */
export interface RemovalRow {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly deprecatedIn?: number
  readonly removedIn?: number
  /** Absent: nothing takes its place. */
  readonly replacement?: string
}

/** Facts that age: about releases, kubeadm and APIs. */
export interface UpgradeData {
  /** The day on which they were put together. */
  readonly asOf: string
  /** `built in`, or the file that the user gave. */
  readonly source: string
  /** Newest first. */
  readonly releases: readonly ReleaseRow[]
  readonly kubeadm: readonly KubeadmRow[]
  readonly removals: readonly RemovalRow[]
}
