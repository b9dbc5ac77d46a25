import { readdirSync } from 'node:fs'
import { RampartError, type Command } from '../../model/index.js'
import type { KubeconfigSeen, Seen, Surroundings } from './seen.js'

/** The kubeconfig that kubectl would take: its contexts, and what the current one leads to. Nobody is contacted. */
export async function lookAtKubeconfig({ env, cwd }: Surroundings): Promise<KubeconfigSeen> {
  const { loadKubeconfig, kubeconfigPrecedence } = await import('../../kubeconfig/index.js')
  const { nodeFiles } = await import('../../kubeconfig/disk/index.js')
  const nothing = { what: 'kubeconfig', found: false, contexts: [], current: '' } as const
  try {
    const { config, files, warnings } = loadKubeconfig({ env }, nodeFiles(cwd))
    if (files.length === 0) {
      const wanted = kubeconfigPrecedence({ env }).join(', ')
      return { ...nothing, lines: [`none (looked for ${wanted})`] }
    }
    const contexts = [...config.contexts.keys()].sort()
    const current = config.currentContext
    const context = config.contexts.get(current)
    const server = config.clusters.get(context?.cluster ?? '')?.server ?? ''
    const programs = [...config.users.values()].filter(({ exec }) => exec !== undefined).length
    return {
      what: 'kubeconfig',
      found: contexts.length > 0,
      lines: [
        `${files.join(', ')}: ${count(contexts.length, 'context')}`,
        ...(current === ''
          ? ['no current context']
          : [`current context ${current}${server === '' ? ', which leads nowhere' : ` (${server})`}`]),
        ...(programs === 0 ? [] : [`${count(programs, 'user')} with a credential program: none was run`]),
        ...warnings,
      ],
      contexts,
      current: context === undefined ? '' : current,
    }
  } catch (error) {
    if (!(error instanceof RampartError)) throw error
    return { ...nothing, lines: error.message.split('\n') }
  }
}

/** Whether this is the inside of a pod that may ask its own cluster. */
export function lookForPod({ env }: Surroundings): Seen[] {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env
  if (host === '' || port === '') return []
  return [
    {
      what: 'cluster',
      found: true,
      lines: [`this is a pod; the API server of its cluster is ${host}:${port}`],
    },
  ]
}

const NODE = /^(?:kubelet|kube-\S+|etcd|k3s|rke2|containerd)$/

/** What runs on this machine, or would: read from its files and processes. */
export async function lookAtHost({ root }: Surroundings): Promise<Seen[]> {
  const { readEstate } = await import('../../sources/index.js')
  const [host] = (await readEstate({ hostRoots: [root] })).hosts
  if (host === undefined) return [{ what: 'host', found: false, lines: ['it could not be read'] }]
  const kubernetes = host.commands.filter(
    ({ component }) => NODE.test(component) && component !== 'containerd',
  )
  const docker = host.commands.filter(({ component }) => component === 'dockerd')
  const closed = host.problems.filter(({ level }) => level === 'error')
  const unread =
    closed.length === 0
      ? []
      : [
          `${count(closed.length, 'file')} could not be read (${closed[0]?.place.file ?? ''}): run it as root to see more`,
        ]
  return [
    {
      what: 'host',
      found: kubernetes.length > 0,
      lines: [
        kubernetes.length === 0
          ? 'no part of Kubernetes runs here or is set up to'
          : componentLine(kubernetes),
        ...(host.processesSeen
          ? []
          : ['its processes could not be seen: what runs may differ from the files']),
        ...unread,
      ],
    },
    {
      what: 'docker',
      found: docker.length > 0,
      lines: docker.length === 0 ? ['no Docker daemon runs here or is set up to'] : docker.map(daemonLine),
    },
  ]
}

function componentLine(commands: readonly Command[]): string {
  const names = [...new Set(commands.map(({ component }) => component))].sort()
  return names.join(', ')
}

function daemonLine({ described, source }: Command): string {
  return `dockerd (${described})${source === 'process' || source === 'ps' ? '' : ', not seen running'}`
}

const MANIFEST = /\.ya?ml$/i

/** Manifests in the working folder itself; what is below it is not walked. */
export function lookForManifests({ cwd }: Surroundings): Seen {
  let names: string[] = []
  try {
    names = readdirSync(cwd)
  } catch {
    // A folder that is gone holds none.
  }
  const found = names.filter((name) => MANIFEST.test(name)).length
  const lines = [
    found === 0 ? 'no YAML file in the working folder' : `${count(found, 'YAML file')} in the working folder`,
  ]
  return { what: 'manifests', found: found > 0, lines }
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
