import path from 'node:path'
import type { Authority } from '../kit/authority.js'
import type { NodeNetwork } from './node-network.js'
import { IMAGES } from './tiny-image.js'

/** Where a kubelet listens: in its own network namespace no port is taken. */
export const KUBELET_PORT = 10250
const MONTH = 30 * 24 * 60 * 60 * 1000

/** The configuration of a kubelet: safe as kubeadm makes it, in its own folder, with the fields of a test over it. */
export async function kubeletConfig(
  name: string,
  node: string,
  authority: Authority,
  network: NodeNetwork,
  cgroup: string,
  config: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const serving = await authority.issue(`kubelet-serving-${name}`, {
    name: `system:node:${name}`,
    groups: ['system:nodes'],
    server: true,
    ips: [network.node],
    dns: [name],
    life: MONTH,
  })
  const ours = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: network.node,
    port: KUBELET_PORT,
    healthzPort: 0,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: authority.files.cert },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: serving.cert,
    tlsPrivateKeyFile: serving.key,
    containerRuntimeEndpoint: `unix://${path.join(node, 'containerd.sock')}`,
    staticPodPath: path.join(node, 'manifests'),
    failCgroupV1: false,
    failSwapOn: false,
    cgroupDriver: 'cgroupfs',
    // All groups of this node's pods are below one of its own, which is removed with it.
    cgroupRoot: `/${cgroup}`,
    // A full disk of the machine that tests is no reason to evict.
    evictionHard: { 'imagefs.available': '0%', 'nodefs.available': '0%', 'nodefs.inodesFree': '0%' },
    imageGCHighThresholdPercent: 100,
    resolvConf: '',
  }
  return merge(ours, config)
}

function merge(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key]
    merged[key] = isMap(before) && isMap(value) ? merge(before, value) : value
  }
  return merged
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** containerd with every folder and socket of its own. */
export function containerdConfig(node: string, plugins: string): string {
  const text = JSON.stringify
  const cri = 'plugins."io.containerd.grpc.v1.cri"'
  return `version = 2
root = ${text(path.join(node, 'containerd'))}
state = ${text(path.join(node, 'state'))}
[grpc]
address = ${text(path.join(node, 'containerd.sock'))}
[${cri}]
sandbox_image = ${text(IMAGES.pause)}
# The root of a container or a small machine may not make itself harder to kill (CAP_SYS_RESOURCE).
restrict_oom_score_adj = true
[${cri}.cni]
bin_dir = ${text(plugins)}
conf_dir = ${text(path.join(node, 'cni'))}
[${cri}.containerd]
# Works on every file system; there is little to copy.
snapshotter = "native"
`
}

/** One pair of interfaces a pod, whose other end is in the node's namespace. */
export function podNetwork(node: string, { pods }: NodeNetwork): object {
  const ipam = { type: 'host-local', dataDir: path.join(node, 'addresses'), ranges: [[{ subnet: pods }]] }
  return {
    cniVersion: '0.4.0',
    name: 'test',
    plugins: [{ type: 'ptp', ipMasq: false, ipam: { ...ipam, routes: [{ dst: '0.0.0.0/0' }] } }],
  }
}
