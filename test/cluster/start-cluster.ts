import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CertificateRequest, KeyPairFiles } from '../kit/authority.js'
import type { ComponentProcess } from './component-process.js'
import { ClusterUnavailable, COMPONENT_NAMES, provideComponents, type ComponentName } from './components.js'
import { startControlPlane, type ControlPlane, type ControlPlaneOptions } from './control-plane.js'
import { nodeRequirements } from './node-requirements.js'
import { startNode, type KubeletOptions, type RunningNode } from './start-node.js'
import { FOLDER_PREFIX, markFolder, sweepLeftovers } from './sweep-leftovers.js'
import { writeKubeconfig } from './write-kubeconfig.js'

export { ClusterUnavailable } from './components.js'
export type { KubeletOptions, RunningNode } from './start-node.js'
export { IMAGES } from './tiny-image.js'

export interface ClusterOptions extends ControlPlaneOptions {
  /** The kubelet of the first node; false for none. It needs the controller manager, which clears new nodes for pods. */
  readonly kubelet?: KubeletOptions | false
  /** Takes each line about progress; nothing is said where it is absent. */
  readonly say?: (line: string) => void
}

const NOT_ASKED = 'it was not asked for'

/** One component, and why it does not run where it does not. */
export interface ComponentState {
  readonly name: ComponentName
  readonly version: string
  /** Undefined while it runs. */
  readonly absent: string | undefined
}

/** A cluster of real components on loopback addresses. */
export interface TestCluster {
  /** The kubeconfig file of an administrator (system:masters). */
  readonly kubeconfig: string
  /** The URL of the API server. */
  readonly server: string
  /** Everything of this cluster is below it, logs too; `stop` removes it. */
  readonly folder: string
  /** Files of the authority that signs clients, kubelets, the API server and etcd. */
  readonly ca: KeyPairFiles
  readonly admin: KeyPairFiles
  readonly etcd: ControlPlane['etcd']
  /** The flags of its kube-apiserver. */
  readonly apiServerArgs: readonly string[]
  readonly components: readonly ComponentState[]
  /** Issues a certificate: FILE.crt and FILE.key in the folder `pki`. */
  issue(file: string, request: CertificateRequest): Promise<KeyPairFiles>
  /** The kubeconfig file of a user with groups, by a certificate. */
  kubeconfigFor(user: string, groups?: readonly string[]): Promise<string>
  /** The first node; undefined where it does not run, and `components` says why. */
  readonly node: RunningNode | undefined
  /** Starts a further node; throws ClusterUnavailable where nodes cannot run. */
  startNode(options: KubeletOptions): Promise<RunningNode>
  /** Ends every component and removes the folder. May be called twice. */
  stop(): Promise<void>
}

/**
 * Starts a cluster; throws ClusterUnavailable where the components cannot be had. Whatever ends this process, no
 * component outlives it.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<TestCluster> {
  const say = options.say ?? ((): void => undefined)
  const built = await provideComponents(say)
  sweepLeftovers()
  const folder = mkdtempSync(path.join(tmpdir(), FOLDER_PREFIX))
  markFolder(folder)
  const running: ComponentProcess[] = []
  const nodes: RunningNode[] = []
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  // The components die with this process; their folder would stay.
  process.on('exit', removeFolder)
  const stop = async (): Promise<void> => {
    // The last first: whoever still asks another one is gone before that one goes.
    for (const node of nodes.splice(0)) await node.stop()
    for (const component of running.splice(0).reverse()) await component.stop()
    removeFolder()
    process.off('exit', removeFolder)
  }
  try {
    const plane = await startControlPlane(folder, built, options, (component) => {
      running.push(component)
      say(`  ${component.name} started`)
    })
    const { authority, server, admin, kubeconfig, etcd } = plane
    const cluster = { server, ca: authority.files.cert }
    let index = 0
    const requirements = nodeRequirements()
    const addNode = async (kubelet: KubeletOptions): Promise<RunningNode> => {
      if (!requirements.met) throw new ClusterUnavailable(requirements.reason)
      const node = await startNode(folder, built, plane, requirements, (index += 1), kubelet)
      nodes.push(node)
      say(`  kubelet ${node.name} started`)
      return node
    }
    const asked = options.kubelet ?? {}
    const absent: Partial<Record<ComponentName, string>> = {}
    if (options.scheduler === false) absent['kube-scheduler'] = NOT_ASKED
    if (options.controllerManager === false) absent['kube-controller-manager'] = NOT_ASKED
    if (asked === false) absent.kubelet = NOT_ASKED
    else if (!requirements.met) absent.kubelet = requirements.reason
    let node: RunningNode | undefined
    if (asked !== false && absent.kubelet === undefined) {
      try {
        node = await addNode(asked)
      } catch (error) {
        // The rest is of use without it: an API server with a chain of a test may well refuse kubelets.
        absent.kubelet = error instanceof Error ? error.message : String(error)
      }
    }
    return {
      kubeconfig,
      server,
      folder,
      ca: authority.files,
      admin,
      etcd,
      apiServerArgs: plane.apiServerArgs,
      node,
      components: COMPONENT_NAMES.map((name) => ({
        name,
        version: built.version(name),
        absent: absent[name],
      })),
      startNode: addNode,
      issue: (file, request) => authority.issue(file, request),
      kubeconfigFor: async (user, groups = []) => {
        const file = fileNameOf(user)
        const client = await authority.issue(file, { name: user, groups, client: true })
        return writeKubeconfig(path.join(folder, `${file}.kubeconfig`), cluster, user, client)
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

let users = 0
/** A file name for any user name: two names never meet in one. */
function fileNameOf(user: string): string {
  return `user-${(users += 1)}-${user.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 60)}`
}
