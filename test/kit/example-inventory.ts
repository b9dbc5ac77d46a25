import type { ClusterInventory, InstalledComponent, NodeInventory } from '../../src/upgrade/index.js'
import { parseKubeVersion } from '../../src/upgrade/index.js'

/** A node of an example: its kubelet, and its API server where it is of the control plane. */
export interface ExampleNode {
  readonly name: string
  readonly kubelet: string
  readonly server?: string
  readonly osImage?: string
  readonly over?: Partial<NodeInventory>
}

/** An inventory of a kubeadm cluster, for examples and tests. */
export function exampleInventory(
  nodes: readonly ExampleNode[],
  over: Partial<ClusterInventory> & { readonly cluster?: string } = {},
): ClusterInventory {
  const of = (component: InstalledComponent['component'], node: string, text: string): InstalledComponent => {
    const version = parseKubeVersion(text)
    return { component, node, text, seen: 'example', ...(version === undefined ? {} : { version }) }
  }
  const servers = nodes.flatMap(({ server }) => (server === undefined ? [] : [server]))
  const { cluster = [...servers].sort().at(-1) ?? 'v1.34.4', ...rest } = over
  const version = parseKubeVersion(cluster)
  return {
    name: 'example',
    uid: 'f3f0c1de-0000-4000-8000-000000000000',
    nodes: nodes.map(({ name, server, osImage = 'Ubuntu 24.04.2 LTS', over: own = {} }) => ({
      name,
      uid: `uid-${name}`,
      role: server === undefined ? 'worker' : 'control-plane',
      os: 'linux',
      osImage,
      kernel: '6.8.0',
      architecture: 'amd64',
      packages: 'apt',
      runtime: { name: 'containerd', version: '2.2.1' },
      ready: true,
      troubles: [],
      cordoned: false,
      leftCordoned: false,
      ...own,
    })),
    components: nodes.flatMap(({ name, kubelet, server }) => [
      of('kubelet', name, kubelet),
      ...(server === undefined
        ? []
        : [
            of('kube-apiserver', name, server),
            of('kube-controller-manager', name, server),
            of('kube-scheduler', name, server),
          ]),
    ]),
    etcd: {
      topology: 'local',
      members: nodes.flatMap(({ name, server }) =>
        server === undefined
          ? []
          : [{ node: name, text: '3.6.8-0', version: [3, 6, 8] as const, seen: 'example' }],
      ),
    },
    kubeadm: {
      clusterConfiguration: `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: ${cluster}\n`,
      ...(version === undefined ? {} : { version }),
    },
    gaps: [],
    ...rest,
  }
}
