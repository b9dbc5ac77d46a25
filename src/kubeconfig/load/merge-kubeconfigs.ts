import { EMPTY_KUBECONFIG, type Kubeconfig } from '../kubeconfig.js'

/**
 * Several files as one. The first file that has a name keeps the whole entry: nothing is mixed into it. So it is with
 * extensions, and with the current context, where an empty one counts as none.
 * Source: client-go v0.36.2 tools/clientcmd/loader.go, ClientConfigLoadingRules.Load.
 */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
  return configs.reduce(
    (first, second) => ({
      preferences: {
        colors: first.preferences.colors || second.preferences.colors,
        extensions: firstWins(first.preferences.extensions, second.preferences.extensions),
      },
      clusters: firstWins(first.clusters, second.clusters),
      users: firstWins(first.users, second.users),
      contexts: firstWins(first.contexts, second.contexts),
      currentContext: first.currentContext || second.currentContext,
      extensions: firstWins(first.extensions, second.extensions),
    }),
    EMPTY_KUBECONFIG,
  )
}

function firstWins<T>(first: ReadonlyMap<string, T>, second: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return second.size === 0 ? first : new Map([...second, ...first])
}
