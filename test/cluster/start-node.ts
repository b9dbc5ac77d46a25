import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:net'
import path from 'node:path'
import { ask, type Connection } from './admin-request.js'
import { ComponentProcess } from './component-process.js'
import type { Components } from './components.js'
import type { ControlPlane } from './control-plane.js'
import { makeCgroups, removeCgroups } from './node-cgroups.js'
import { containerdConfig, KUBELET_PORT, kubeletConfig, podNetwork } from './node-config.js'
import { hasOwnNetwork, nodeNetwork, plugIn, relay } from './node-network.js'
import type { NodeRequirements } from './node-requirements.js'
import { beforeStartFile, kubeletPidFile, nodeScript } from './node-script.js'
import { makeImages } from './tiny-image.js'
import { writeKubeconfig } from './write-kubeconfig.js'

const MONTH = 30 * 24 * 60 * 60 * 1000

export interface KubeletOptions {
  /** The node's name; `node-1`, `node-2` and so on unless said. */
  readonly name?: string
  /** Fields of KubeletConfiguration that go over ours; maps are merged. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Further flags, after ours. */
  readonly args?: readonly string[]
  /** The kubelet is started again whenever it ends, so that `restart` has something to do. */
  readonly restarts?: boolean
}

export interface RunningNode {
  readonly name: string
  /** In a network namespace of its own, which this machine alone reaches. */
  readonly address: string
  /** The URL of the kubelet's own API. */
  readonly kubelet: string
  /** Its folder for manifests of static pods. */
  readonly staticPods: string
  readonly process: ComponentProcess
  /** The first process of its namespaces, as this machine numbers it. */
  readonly pid: number
  /** The file of the kubelet's configuration. */
  readonly config: string
  /** A program that ends the kubelet, which is then started again; to be run in the namespaces of the node. */
  readonly restart: string
  /** Where a program may be put that runs before a kubelet is started again; while it fails, there is none. */
  readonly beforeStart: string
  /** Ends the kubelet, containerd and every container. */
  stop(): Promise<void>
}

/** Starts containerd and a kubelet that registers its node, and waits until pods can be placed on it. */
export async function startNode(
  folder: string,
  { program }: Components,
  plane: ControlPlane,
  requirements: NodeRequirements & { readonly met: true },
  index: number,
  options: KubeletOptions,
): Promise<RunningNode> {
  const name = options.name ?? `node-${index}`
  const network = nodeNetwork(plane.network, index)
  const node = path.join(folder, `node-${name}`)
  const at = (name: string): string => path.join(node, name)
  for (const below of ['cni', 'manifests', 'image', 'containerd', 'state'])
    mkdirSync(at(below), { recursive: true })
  const cgroup = `${path.basename(folder)}-${name}`
  const apiPort = Number(new URL(plane.server).port)
  const ca = plane.authority.files.cert
  const identity = `system:node:${name}`
  const client = await plane.authority.issue(`kubelet-${name}`, {
    name: identity,
    groups: ['system:nodes'],
    client: true,
    life: MONTH,
  })
  writeKubeconfig(at('kubeconfig'), { server: `https://${network.host}:${apiPort}`, ca }, identity, client)
  writeFileSync(
    at('kubelet.yaml'),
    JSON.stringify(
      await kubeletConfig(name, node, plane.authority, network, cgroup, options.config ?? {}),
      null,
      2,
    ),
  )
  writeFileSync(at('containerd.toml'), containerdConfig(node, requirements.plugins))
  writeFileSync(at('cni/10-ptp.conflist'), JSON.stringify(podNetwork(node, network)))
  writeFileSync(
    at('start.sh'),
    nodeScript({
      node,
      containerdConfig: at('containerd.toml'),
      containerdSocket: at('containerd.sock'),
      network,
      images: makeImages(at('image'), requirements.busybox),
      program,
      kubeletArgs: [
        `--config=${at('kubelet.yaml')}`,
        `--kubeconfig=${at('kubeconfig')}`,
        `--hostname-override=${name}`,
        `--node-ip=${network.node}`,
        `--root-dir=${at('kubelet')}`,
        `--cert-dir=${at('pki')}`,
        ...(options.args ?? []),
      ],
      restarts: options.restarts ?? false,
    }),
  )
  chmodSync(at('start.sh'), 0o755)
  writeFileSync(
    at('restart.sh'),
    `#!/bin/sh\n# One that has ended is being started again already.\nkill "$(cat '${kubeletPidFile(node)}')" 2>/dev/null || true\n`,
  )
  chmodSync(at('restart.sh'), 0o755)
  makeCgroups(cgroup)
  const process = ComponentProcess.start({
    name: index === 1 ? 'kubelet' : `kubelet-${name}`,
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
        '--net',
        '--mount',
        '--mount-proc',
      ],
      ...['sh', at('start.sh')],
    ],
  })
  let apiServer: Server | undefined
  const stop = async (): Promise<void> => {
    apiServer?.close()
    // Nothing is to be saved, and unshare passes no other signal on.
    await process.stop('SIGKILL')
    await removeCgroups(cgroup)
  }
  try {
    const { pid } = process
    await process.until('in its namespaces', () => Promise.resolve(pid !== undefined && hasOwnNetwork(pid)))
    plugIn(pid ?? 0, network)
    apiServer = await relay(network.host, apiPort)
    const connection: Connection = { server: plane.server, ca, client: plane.admin }
    await process.until('a ready node', () => isReady(connection, name), 120_000)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    name,
    address: network.node,
    kubelet: `https://${network.node}:${KUBELET_PORT}`,
    staticPods: at('manifests'),
    process,
    pid: firstProcess(process.pid ?? 0),
    config: at('kubelet.yaml'),
    restart: at('restart.sh'),
    beforeStart: beforeStartFile(node),
    stop,
  }
}

/** unshare itself stays in the process namespace of this machine; its child is the first of the new one. */
function firstProcess(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])
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
