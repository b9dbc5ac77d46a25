import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { inject } from 'vitest'
import type { RunningNode, TestCluster } from '../cluster/start-cluster.js'
import { writeKubeconfig } from '../cluster/write-kubeconfig.js'
import { Authority } from '../kit/authority.js'

/** What a test may know of the cluster that all files share; it is started and ended outside of them. */
export interface ClusterFacts extends Pick<
  TestCluster,
  'kubeconfig' | 'server' | 'folder' | 'ca' | 'admin' | 'etcd' | 'components'
> {
  readonly node: Pick<RunningNode, 'name' | 'address' | 'kubelet' | 'staticPods'> | undefined
}

export type SharedCluster =
  | { readonly cluster: ClusterFacts; readonly unavailable?: undefined }
  | { readonly cluster?: undefined; readonly unavailable: string }

/**
 * The shared cluster, or why there is none: `describe.skipIf(cluster === undefined)`, and where pods must run,
 * `describe.skipIf(cluster?.node === undefined)`, whose bodies run all the same, to collect the tests. What a test makes,
 * it makes in a namespace of its own.
 */
export const { cluster, unavailable } = inject('cluster')

let authority: Promise<Authority> | undefined

/** The kubeconfig of a user with groups in the shared cluster, by a certificate made now, in a folder of the test. */
export async function kubeconfigFor(
  folder: string,
  user: string,
  groups: readonly string[] = [],
): Promise<string> {
  if (cluster === undefined) throw new Error(unavailable)
  authority ??= Authority.open(folder, cluster.ca)
  const client = await (await authority).issue(randomUUID(), { name: user, groups, client: true })
  const file = path.join(folder, `${randomUUID()}.kubeconfig`)
  return writeKubeconfig(file, { server: cluster.server, ca: cluster.ca.cert }, user, client)
}
