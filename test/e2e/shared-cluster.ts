import { inject } from 'vitest'
import type { RunningNode, TestCluster } from '../cluster/start-cluster.js'

/** What a test may know of the cluster that all files share; it is started and ended outside of them. */
export interface ClusterFacts extends Pick<
  TestCluster,
  'kubeconfig' | 'server' | 'folder' | 'ca' | 'admin' | 'etcd' | 'components'
> {
  readonly node: Pick<RunningNode, 'name' | 'kubelet' | 'staticPods'> | undefined
}

export type SharedCluster =
  | { readonly cluster: ClusterFacts; readonly unavailable?: undefined }
  | { readonly cluster?: undefined; readonly unavailable: string }

/**
 * The shared cluster, or why there is none: `describe.skipIf(cluster === undefined)`, and where pods must run,
 * `describe.skipIf(cluster?.node === undefined)`. What a test makes in it, it makes in a namespace of its own.
 */
export const { cluster, unavailable } = inject('cluster')
