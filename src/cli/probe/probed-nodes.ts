import type { CommandContext } from '../command-context.js'
import { RampartError, type JsonObject } from '../../model/index.js'
import type { Address, ProbeKind } from '../../probe/index.js'
import { connect, namesCluster } from '../cluster-options.js'
import { readInputs } from '../inputs.js'
import type { ProbeCommandOptions } from './probe-options.js'

/** The addresses of the user's own nodes: as their API server lists them, or as their files do. */
export async function probedNodes(
  kind: ProbeKind,
  options: ProbeCommandOptions,
  context: CommandContext,
): Promise<Address[]> {
  const { allNodes = false, from = [] } = options
  const live = namesCluster(clusterOf(options))
  if (!allNodes) {
    if (from.length > 0)
      throw new RampartError('usage', '--from is read for --all-nodes alone: add --all-nodes')
    if (live) throw new RampartError('usage', 'a cluster is asked for --all-nodes alone: add --all-nodes')
    return []
  }
  if (from.length === 0 && !live) {
    throw new RampartError(
      'usage',
      '--all-nodes needs to know the cluster: --context NAME or --current-context, or --from PATH with its Nodes',
    )
  }
  const { nodeAddresses } = await import('../../probe/index.js')
  const nodes: JsonObject[] = live ? await listNodes(options, context) : []
  if (from.length > 0) {
    const { objects } = await readInputs(from, {}, context)
    nodes.push(
      ...objects.filter(({ ref }) => ref.group === '' && ref.kind === 'Node').map(({ content }) => content),
    )
  }
  return nodeAddresses(nodes, kind)
}

function clusterOf({ kubeconfig, context, currentContext }: ProbeCommandOptions): {
  kubeconfig?: string
  context?: string
  currentContext?: boolean
} {
  return {
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    ...(currentContext === undefined ? {} : { currentContext }),
  }
}

/** One list, and nothing else of the cluster. */
async function listNodes(options: ProbeCommandOptions, context: CommandContext): Promise<JsonObject[]> {
  const client = await connect(clusterOf(options), context)
  try {
    const nodes: JsonObject[] = []
    for await (const page of client.list('/api/v1/nodes')) {
      if (page.restarted) nodes.length = 0
      nodes.push(...page.items)
    }
    return nodes
  } finally {
    client.close()
  }
}
