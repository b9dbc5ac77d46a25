import { withoutRedactions } from './current-user.js'
import { readKubeconfig } from './decode/read-kubeconfig.js'

/** The server that a kubeconfig's current context leads to. */
export interface CurrentCluster {
  readonly name: string
  readonly server: string
  readonly insecureSkipTlsVerify: boolean
}

/**
 * The cluster of the current context of one kubeconfig file, or undefined when the text is no kubeconfig or names none.
 * The text may be redacted.
 */
export function currentCluster(text: string): CurrentCluster | undefined {
  const { config } = readKubeconfig(withoutRedactions(text))
  const name = config?.contexts.get(config.currentContext)?.cluster
  const cluster = name === undefined ? undefined : config?.clusters.get(name)
  if (name === undefined || cluster === undefined) return undefined
  return { name, server: cluster.server, insecureSkipTlsVerify: cluster.insecureSkipTlsVerify }
}
