import { RampartError } from '../model/index.js'
import { namesCluster, withoutCluster, type ClusterOptions } from './cluster-options.js'

/**
 * Reads what a command compares: `before`, and `after` or, where that is left out, the cluster that the options name.
 * The options that name a cluster never concern a state that was given as a path.
 */
export async function readTwoStates<Options extends ClusterOptions, State>(
  before: string,
  after: string | undefined,
  options: Options,
  read: (paths: readonly string[], options: Options) => Promise<State>,
): Promise<{ readonly old: State; readonly now: State }> {
  if (after === undefined && !namesCluster(options)) {
    throw new RampartError(
      'usage',
      'what is it compared with? Name a second state, or a cluster with --context NAME',
    )
  }
  const old = await read([before], withoutCluster(options))
  const now = await (after === undefined ? read([], options) : read([after], withoutCluster(options)))
  return { old, now }
}
