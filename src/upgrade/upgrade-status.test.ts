import { describe, expect, it } from 'vitest'
import { exampleInventory } from '../../test/kit/example-inventory.js'
import { estateFrom } from '../sources/index.js'
import { renderStatusText } from '../reports/upgrade/index.js'
import { builtInData, supportOf, takeInventory, upgradeStatus } from './index.js'
import { packageManagerOf } from './inventory/index.js'
import { parseKubeVersion, type KubeVersion } from './kube-version.js'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const data = builtInData()

describe('supportOf', () => {
  it.each([
    [
      'v1.37.1',
      '2026-11-26',
      'full',
      /1\.37 is mended until 2027-10-28; newest patch known v1\.37\.2 of 2026-10-27/,
    ],
    ['v1.35.2', '2026-12-28', 'maintenance', /where it is grave, until 2027-02-28/],
    ['v1.35.2', '2027-02-28', 'maintenance', /until 2027-02-28/],
    ['v1.35.2', '2027-03-01', 'over', /gets no fixes since 2027-02-28/],
    ['v1.28.1', '2026-11-26', 'over', /since 2024-10-22 \(2024-10-28 was announced\)/],
    ['v1.15.1', '2026-11-26', 'over', /for years/],
    ['v1.38.0', '2026-11-26', 'unknown', /newer than the data of 2026-11-23/],
  ])('%s on %s', (version, day, state, says) => {
    const support = supportOf(parseKubeVersion(version) as KubeVersion, data, Date.parse(`${day}T12:00:00Z`))
    expect(support.state).toBe(state)
    expect(support.says).toMatch(says)
  })
})

describe('packageManagerOf', () => {
  it.each([
    ['Ubuntu 24.04.2 LTS', 'apt'],
    ['Debian GNU/Linux 12 (bookworm)', 'apt'],
    ['Rocky Linux 9.4 (Blue Onyx)', 'dnf'],
    ['Red Hat Enterprise Linux 10.0', 'dnf'],
    ['CentOS Linux 7 (Core)', 'dnf'],
    ['Amazon Linux 2023.6', 'dnf'],
    ['Fedora Linux 40 (Server Edition)', 'dnf'],
    ['Fedora Linux 42 (Server Edition)', 'dnf5'],
    ['Fedora CoreOS 42', 'unknown'],
    ['Flatcar Container Linux', 'unknown'],
    ['Windows Server 2022', 'unknown'],
    ['', 'unknown'],
  ])('%s', (image, expected) => {
    expect(packageManagerOf(image)).toBe(expected)
  })
})

const CLUSTER = `apiVersion: v1
kind: Node
metadata: { name: cp-1, uid: u1, labels: { node-role.kubernetes.io/control-plane: "" } }
status:
  nodeInfo: { kubeletVersion: v1.35.4, kubeProxyVersion: v1.35.4, containerRuntimeVersion: "containerd://2.2.1", osImage: Ubuntu 24.04 LTS, operatingSystem: linux }
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Pod
metadata: { name: kube-apiserver-cp-1, namespace: kube-system }
spec: { nodeName: cp-1, containers: [{ name: kube-apiserver, image: "mirror.local:5000/k8s/kube-apiserver:v1.35.4@sha256:${'a'.repeat(64)}" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: kube-proxy-x, namespace: kube-system }
spec: { nodeName: cp-1, containers: [{ name: kube-proxy, image: "registry.k8s.io/kube-proxy:v1.31.0" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: etcd-cp-1, namespace: kube-system }
spec: { nodeName: cp-1, containers: [{ name: etcd, image: "registry.k8s.io/etcd:3.6.5-0" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: kube-apiserver-not, namespace: shop }
spec: { nodeName: cp-1, containers: [{ name: kube-apiserver, image: "registry.k8s.io/kube-apiserver:v1.20.0" }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: kube-system, uid: ns-uid }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: kubeadm-config, namespace: kube-system }
data: { ClusterConfiguration: "apiVersion: kubeadm.k8s.io/v1beta4\\nkind: ClusterConfiguration\\nkubernetesVersion: v1.35.4\\n" }
`

describe('takeInventory and upgradeStatus', () => {
  it('read versions where they are, and judge the policy', async () => {
    const made = await estateFrom({ manifests: CLUSTER, complete: true })
    const estate = {
      ...made,
      objects: made.objects.map((object) => ({ ...object, source: 'cluster' as const })),
    }
    const inventory = takeInventory(estate, { kubectlVersion: 'v1.33.0' })
    expect(inventory.components.map(({ component, node, text }) => `${component} ${node} ${text}`)).toEqual([
      'kube-apiserver cp-1 v1.35.4',
      'kube-proxy cp-1 v1.31.0',
      'kubectl  v1.33.0',
      'kubelet cp-1 v1.35.4',
    ])
    expect(inventory).toMatchObject({
      uid: 'ns-uid',
      etcd: { topology: 'local', members: [{ version: [3, 6, 5] }] },
    })
    const status = upgradeStatus({ estate, inventory, data, now: NOW })
    expect(status.towards).toBe('1.36')
    expect(status.skew.filter(({ holds }) => holds === false).map(({ rule }) => rule)).toEqual([
      'kube-proxy-apiserver',
      'kubectl-apiserver',
      'kube-proxy-kubelet',
    ])
    const text = renderStatusText(status)
    expect(text).toContain('BROKEN')
    expect(text).toContain('containerd 2.2.1')
  })

  it('one API server, seen in the cluster and in its manifest on the host, is one', async () => {
    const manifest = CLUSTER.split('---\n')[1] as string
    const estate = await estateFrom({
      manifests: CLUSTER,
      complete: true,
      hosts: { 'cp-1': { files: { '/etc/kubernetes/manifests/kube-apiserver.yaml': manifest } } },
    })
    const inventory = takeInventory(estate)
    expect(upgradeStatus({ estate, inventory, data, now: NOW }).highAvailability).toBe(false)
  })

  it('says what a host alone does not tell', async () => {
    const estate = await estateFrom({
      hosts: {
        w: {
          files: {
            '/var/lib/dpkg/status':
              'Package: kubelet\nStatus: hold ok installed\nVersion: 1.35.4-1.1\n\nPackage: kubeadm\nStatus: hold ok installed\nVersion: 1.36.2-1.1\n\nPackage: kubectl\nStatus: deinstall ok config-files\nVersion: 1.30.0-1.1\n',
            '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
          },
          processes: ['/usr/bin/kubelet'],
        },
      },
    })
    const inventory = takeInventory(estate)
    expect(inventory.nodes).toMatchObject([{ name: 'w', role: 'worker', packages: 'apt' }])
    expect(inventory.components.map(({ component, text }) => `${component} ${text}`)).toEqual([
      'kubeadm v1.36.2',
      'kubelet v1.35.4',
    ])
    expect(inventory.gaps.map(({ detail }) => detail).join('\n')).toMatch(
      /only hosts were read[\s\S]*no API server/,
    )
    expect(
      upgradeStatus({ estate, inventory, data, now: NOW }).skew.every(({ holds }) => holds === 'not asked'),
    ).toBe(true)
  })

  it('says that data are stale', async () => {
    const estate = await estateFrom({ manifests: CLUSTER })
    const status = upgradeStatus({
      estate,
      inventory: exampleInventory([{ name: 'a', server: 'v1.35.1', kubelet: 'v1.35.1' }]),
      data,
      now: NOW + 100 * 86_400_000,
    })
    expect(status.data.stale).toContain('days old')
    expect(renderStatusText(status)).toContain('STALE')
  })
})
