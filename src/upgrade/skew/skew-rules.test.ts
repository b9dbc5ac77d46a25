import { describe, expect, it } from 'vitest'
import { kubeadmFaults, skewViolations, type SkewComponent } from './index.js'

const at =
  (component: string) =>
  (minor: number, node = 'n1'): SkewComponent => ({ component, node, minor })
const server = at('kube-apiserver')
const kubelet = at('kubelet')
const proxy = at('kube-proxy')
const manager = at('kube-controller-manager')
const scheduler = at('kube-scheduler')
const cloud = at('cloud-controller-manager')
const kubectl = (minor: number): SkewComponent => ({ component: 'kubectl', node: '', minor })

/** Every row of the policy, at its bounds and one beyond. */
const ROWS: readonly [string, readonly SkewComponent[], readonly string[]][] = [
  ['API servers one apart', [server(36, 'a'), server(35, 'b')], []],
  ['API servers two apart', [server(36, 'a'), server(34, 'b')], ['apiserver-apiserver b']],
  ['kubelet as new', [server(36), kubelet(36)], []],
  ['kubelet newer', [server(36), kubelet(37)], ['kubelet-apiserver n1']],
  ['kubelet three older', [server(36), kubelet(33)], []],
  ['kubelet four older', [server(36), kubelet(32)], ['kubelet-apiserver n1']],
  ['kubelet before 1.25 two older', [server(26), kubelet(24)], []],
  ['kubelet before 1.25 three older', [server(27), kubelet(24)], ['kubelet-apiserver n1']],
  ['kubelet 1.25 three older', [server(28), kubelet(25)], []],
  [
    'HA: kubelet as new as the newest',
    [server(36, 'a'), server(35, 'b'), kubelet(36)],
    ['kubelet-apiserver n1'],
  ],
  ['HA: kubelet as new as the oldest', [server(36, 'a'), server(35, 'b'), kubelet(35)], []],
  ['HA: kubelet three behind the newest', [server(36, 'a'), server(35, 'b'), kubelet(33)], []],
  [
    'HA: kubelet three behind the oldest alone',
    [server(36, 'a'), server(35, 'b'), kubelet(32)],
    ['kubelet-apiserver n1'],
  ],
  ['kube-proxy newer', [server(36), proxy(37)], ['kube-proxy-apiserver n1']],
  ['kube-proxy three older', [server(36), proxy(33)], []],
  ['kube-proxy four older', [server(36), proxy(32)], ['kube-proxy-apiserver n1']],
  ['kube-proxy before 1.25 three older', [server(27), proxy(24)], ['kube-proxy-apiserver n1']],
  ['kube-proxy three newer than the kubelet', [proxy(36), kubelet(33)], []],
  ['kube-proxy four newer than the kubelet', [proxy(36), kubelet(32)], ['kube-proxy-kubelet n1']],
  ['kube-proxy three older than the kubelet', [proxy(33), kubelet(36)], []],
  ['kube-proxy four older than the kubelet', [proxy(32), kubelet(36)], ['kube-proxy-kubelet n1']],
  ['kube-proxy before 1.25 two from the kubelet', [proxy(24), kubelet(26)], []],
  ['kube-proxy before 1.25 three from the kubelet', [proxy(24), kubelet(27)], ['kube-proxy-kubelet n1']],
  ['kube-proxy and kubelet of two nodes', [proxy(36, 'a'), kubelet(30, 'b')], []],
  ['controller manager one older', [server(36), manager(35)], []],
  ['controller manager two older', [server(36), manager(34)], ['controller-apiserver n1']],
  ['controller manager newer', [server(36), manager(37)], ['controller-apiserver n1']],
  ['scheduler one older', [server(36), scheduler(35)], []],
  ['scheduler newer', [server(36), scheduler(37)], ['controller-apiserver n1']],
  ['cloud controller two older', [server(36), cloud(34)], ['controller-apiserver n1']],
  [
    'HA: controller as new as the newest',
    [server(36, 'a'), server(35, 'b'), manager(36, 'a')],
    ['controller-apiserver a'],
  ],
  ['HA: controller one behind the newest', [server(36, 'a'), server(35, 'b'), manager(35, 'a')], []],
  [
    'HA: controller one behind the oldest',
    [server(36, 'a'), server(35, 'b'), manager(34, 'b')],
    ['controller-apiserver b'],
  ],
  ['kubectl one newer', [server(36), kubectl(37)], []],
  ['kubectl one older', [server(36), kubectl(35)], []],
  ['kubectl two newer', [server(36), kubectl(38)], ['kubectl-apiserver ']],
  [
    'HA: kubectl one newer than the newest',
    [server(36, 'a'), server(35, 'b'), kubectl(37)],
    ['kubectl-apiserver '],
  ],
  [
    'HA: kubectl one older than the oldest',
    [server(36, 'a'), server(35, 'b'), kubectl(34)],
    ['kubectl-apiserver '],
  ],
  ['HA: kubectl as one of them', [server(36, 'a'), server(35, 'b'), kubectl(35)], []],
  ['no API server seen: nothing against it', [kubelet(20), manager(30)], []],
]

describe('the version skew policy', () => {
  it.each(ROWS)('%s', (_name, components, expected) => {
    expect(skewViolations(components).map(({ rule, node }) => `${rule} ${node}`)).toEqual(expected)
  })
})

describe('controllers that reach their own API server alone', () => {
  it('are judged by that', () => {
    const components = [server(36, 'a'), server(35, 'b'), manager(36, 'a'), scheduler(36, 'b')]
    const found = skewViolations(components, { controllersReach: 'own' })
    expect(found.map(({ component, node }) => `${component} ${node}`)).toEqual(['kube-scheduler b'])
  })
})

describe('the skew policy of kubeadm', () => {
  it.each([
    ['upgrades a cluster of its own minor', { command: 'upgrade', kubeadm: 36, cluster: 36 }, 0],
    ['upgrades a cluster one older', { command: 'upgrade', kubeadm: 36, cluster: 35 }, 0],
    ['refuses a cluster two older', { command: 'upgrade', kubeadm: 36, cluster: 34 }, 1],
    ['refuses a newer cluster', { command: 'upgrade', kubeadm: 36, cluster: 37 }, 1],
    ['works beside a kubelet three older', { command: 'upgrade', kubeadm: 36, kubelet: 33 }, 0],
    ['not four', { command: 'upgrade', kubeadm: 36, kubelet: 32 }, 1],
    ['before 1.28 one', { command: 'upgrade', kubeadm: 27, kubelet: 26 }, 0],
    ['before 1.28 not two', { command: 'upgrade', kubeadm: 27, kubelet: 25 }, 1],
    ['never a newer kubelet', { command: 'upgrade', kubeadm: 36, kubelet: 37 }, 1],
    ['upgrades what the minor before managed', { command: 'upgrade', kubeadm: 36, before: 35 }, 0],
    ['not what two before did', { command: 'upgrade', kubeadm: 36, before: 34 }, 1],
    ['nor what a newer one did', { command: 'upgrade', kubeadm: 36, before: 37 }, 1],
    ['joins with the same', { command: 'join', kubeadm: 36, before: 36 }, 0],
    ['joins with no other', { command: 'join', kubeadm: 36, before: 35 }, 1],
  ] as const)('%s', (_name, use, faults) => {
    expect(kubeadmFaults(use)).toHaveLength(faults)
  })
})
