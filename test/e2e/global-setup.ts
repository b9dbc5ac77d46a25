import type { TestProject } from 'vitest/node'
import { ClusterUnavailable, startCluster, type TestCluster } from '../cluster/start-cluster.js'
import { kubectlPath } from './peers/kubectl.js'
import type { SharedCluster } from './shared-cluster.js'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: SharedCluster
  }
}

const say = (line: string): void => console.error(line)
let cluster: TestCluster | undefined

/** Before all files: a real kubectl as `KUBECTL`, and one cluster for every test that needs no flags of its own. */
export async function setup(project: TestProject): Promise<void> {
  const kubectl = kubectlPath()
  if (kubectl !== undefined) process.env['KUBECTL'] = kubectl
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void teardown())
  project.provide('cluster', await shared())
}

export async function teardown(): Promise<void> {
  await cluster?.stop()
  cluster = undefined
}

async function shared(): Promise<SharedCluster> {
  if (process.env['RAMPART_E2E_CLUSTER'] === 'off') return { unavailable: 'RAMPART_E2E_CLUSTER is off' }
  try {
    say('Starting the test cluster')
    cluster = await startCluster({ say })
  } catch (error) {
    // A cluster that should run and does not is a failure of the run, not a reason to skip.
    if (!(error instanceof ClusterUnavailable)) throw error
    say(`No test cluster, the tests that need one are skipped: ${error.message}`)
    return { unavailable: error.message }
  }
  const { kubeconfig, server, folder, ca, admin, etcd, node, components } = cluster
  for (const { name, absent } of components)
    if (absent !== undefined) say(`No ${name}, the tests that need it are skipped: ${absent}`)
  return {
    cluster: {
      ...{ kubeconfig, server, folder, ca, admin, etcd, components },
      node: node && {
        name: node.name,
        address: node.address,
        kubelet: node.kubelet,
        staticPods: node.staticPods,
      },
    },
  }
}
