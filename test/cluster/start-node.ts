import { chmodSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ask, type Connection } from './admin-request.js'
import { ComponentProcess } from './component-process.js'
import type { Components } from './components.js'
import type { ControlPlane } from './control-plane.js'
import { freePorts } from './free-ports.js'
import type { NodeRequirements } from './node-requirements.js'
import { nodeScript } from './node-script.js'
import { IMAGES, makeImages } from './tiny-image.js'
import { writeKubeconfig } from './write-kubeconfig.js'

const FIRST_NODE = '127.0.0.1'
const MONTH = 30 * 24 * 60 * 60 * 1000

export interface KubeletOptions {
  /**
   * The node's name: a loopback address, for a kubelet whose name is an address takes it as the node's own and listens
   * there. 127.0.0.1 unless said.
   */
  readonly name?: string
  /** Fields of KubeletConfiguration that go over ours; maps are merged. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Further flags, after ours. */
  readonly args?: readonly string[]
}

export interface RunningNode {
  readonly name: string
  /** The URL of the kubelet's own API. */
  readonly kubelet: string
  /** Its folder for manifests of static pods. */
  readonly staticPods: string
  readonly process: ComponentProcess
  /** Ends the kubelet, containerd and every container. */
  stop(): Promise<void>
}

/** Starts containerd and a kubelet that registers its node, and waits until pods can be placed on it. */
export async function startNode(
  folder: string,
  { program }: Components,
  plane: ControlPlane,
  requirements: NodeRequirements & { readonly met: true },
  options: KubeletOptions,
): Promise<RunningNode> {
  const name = options.name ?? FIRST_NODE
  const node = path.join(folder, `node-${name}`)
  const at = (name: string): string => path.join(node, name)
  for (const below of ['cni', 'manifests', 'image', 'containerd', 'state'])
    mkdirSync(at(below), { recursive: true })
  const [port = 0] = await freePorts(1)
  const cgroup = `${path.basename(folder)}-${name}`
  const cluster = { server: plane.server, ca: plane.authority.files.cert }
  const identity = `system:node:${name}`
  const client = await plane.authority.issue(`kubelet-${name}`, {
    name: identity,
    groups: ['system:nodes'],
    client: true,
    life: MONTH,
  })
  writeKubeconfig(at('kubeconfig'), cluster, identity, client)
  writeFileSync(
    at('kubelet.yaml'),
    JSON.stringify(await kubeletConfig(name, node, plane, port, cgroup, options)),
  )
  writeFileSync(at('containerd.toml'), containerdConfig(node, requirements.plugins))
  writeFileSync(at('cni/10-ptp.conflist'), JSON.stringify(network(node)))
  writeFileSync(
    at('start.sh'),
    nodeScript({
      node,
      containerdConfig: at('containerd.toml'),
      containerdSocket: at('containerd.sock'),
      images: makeImages(at('image'), requirements.busybox),
      program,
      kubeletArgs: [
        `--config=${at('kubelet.yaml')}`,
        `--kubeconfig=${at('kubeconfig')}`,
        `--hostname-override=${name}`,
        `--root-dir=${at('kubelet')}`,
        `--cert-dir=${at('pki')}`,
        ...(options.args ?? []),
      ],
    }),
  )
  chmodSync(at('start.sh'), 0o755)
  const process = ComponentProcess.start({
    name: name === FIRST_NODE ? 'kubelet' : `kubelet-${name}`,
    folder,
    program: 'setpriv',
    args: [
      ...[
        '--pdeathsig',
        'KILL',
        'unshare',
        '--fork',
        '--kill-child=KILL',
        '--pid',
        '--mount',
        '--mount-proc',
      ],
      ...['sh', at('start.sh')],
    ],
  })
  const stop = async (): Promise<void> => {
    // Nothing is to be saved, and unshare passes no other signal on.
    await process.stop('SIGKILL')
    removeCgroups(cgroup)
  }
  try {
    const connection: Connection = { ...cluster, client: plane.admin }
    await process.until('a ready node', () => isReady(connection, name), 120_000)
  } catch (error) {
    await stop()
    throw error
  }
  return { name, kubelet: `https://${name}:${port}`, staticPods: at('manifests'), process, stop }
}

interface NodeObject {
  readonly spec?: { readonly taints?: readonly { readonly key: string }[] }
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

async function isReady(connection: Connection, name: string): Promise<boolean> {
  const answer = await ask(connection, `/api/v1/nodes/${name}`)
  if (answer.status !== 200) return false
  const { spec, status } = JSON.parse(answer.body) as NodeObject
  const tainted = spec?.taints?.some(({ key }) => key === 'node.kubernetes.io/not-ready') ?? false
  return (
    !tainted && (status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false)
  )
}

async function kubeletConfig(
  name: string,
  node: string,
  plane: ControlPlane,
  port: number,
  cgroup: string,
  { config = {} }: KubeletOptions,
): Promise<Record<string, unknown>> {
  const serving = await plane.authority.issue(`kubelet-serving-${name}`, {
    name: `system:node:${name}`,
    groups: ['system:nodes'],
    server: true,
    ips: [name],
    dns: ['localhost'],
    life: MONTH,
  })
  const ours = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: name,
    port,
    healthzPort: 0,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: plane.authority.files.cert },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: serving.cert,
    tlsPrivateKeyFile: serving.key,
    containerRuntimeEndpoint: `unix://${path.join(node, 'containerd.sock')}`,
    staticPodPath: path.join(node, 'manifests'),
    failCgroupV1: false,
    failSwapOn: false,
    cgroupDriver: 'cgroupfs',
    // Neither the machine's processes nor other nodes of tests are to be arranged: one group for the pods of this one.
    cgroupRoot: `/${cgroup}`,
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
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
function containerdConfig(node: string, plugins: string): string {
  const text = JSON.stringify
  const cri = 'plugins."io.containerd.grpc.v1.cri"'
  return `version = 2
root = ${text(path.join(node, 'containerd'))}
state = ${text(path.join(node, 'state'))}
[grpc]
address = ${text(path.join(node, 'containerd.sock'))}
[${cri}]
sandbox_image = ${text(IMAGES.pause)}
[${cri}.cni]
bin_dir = ${text(plugins)}
conf_dir = ${text(path.join(node, 'cni'))}
[${cri}.containerd]
# Works on every file system; there is little to copy.
snapshotter = "native"
`
}

/** One pair of interfaces a pod; the host reaches pods, pods reach the host, nothing leaves it. */
function network(node: string): object {
  // Clusters beside each other take different networks, by chance.
  const subnet = `10.${100 + Math.floor(Math.random() * 100)}.${Math.floor(Math.random() * 256)}.0/24`
  const ipam = { type: 'host-local', dataDir: path.join(node, 'addresses'), ranges: [[{ subnet }]] }
  return {
    cniVersion: '0.4.0',
    name: 'test',
    plugins: [{ type: 'ptp', ipMasq: false, ipam: { ...ipam, routes: [{ dst: '0.0.0.0/0' }] } }],
  }
}

/** Removes the empty control groups that the containers of one node leave behind. */
function removeCgroups(name: string): void {
  const base = '/sys/fs/cgroup'
  for (const hierarchy of ['', ...foldersIn(base)]) removeFolders(path.join(base, hierarchy, name))
}

function removeFolders(folder: string): void {
  for (const name of foldersIn(folder)) removeFolders(path.join(folder, name))
  try {
    rmdirSync(folder)
  } catch {
    // It was never made here, or a process in it has not quite ended.
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  } catch {
    return []
  }
}
