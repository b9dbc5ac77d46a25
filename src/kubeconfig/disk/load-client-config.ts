import { RampartError } from '../../model/index.js'
import type { ClientConfig } from '../client-config.js'
import { loadKubeconfig } from '../load/load-kubeconfig.js'
import type { KubeconfigOverrides } from '../resolve/overrides.js'
import { defaultServer, resolveClientConfig } from '../resolve/resolve-client-config.js'
import { nodeFiles } from './node-files.js'

export interface LoadOptions {
  /** `--kubeconfig` */
  readonly kubeconfig?: string | undefined
  readonly overrides?: KubeconfigOverrides
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** Source: cli-runtime v0.36.2 pkg/genericclioptions/config_flags.go, ErrEmptyConfig. */
const NOTHING_SAYS_WHERE = `Missing or incomplete configuration info.  Please point to an existing, complete config file:

  1. Via the command-line flag --kubeconfig
  2. Via the KUBECONFIG environment variable
  3. In your home directory as ~/.kube/config`

/**
 * How kubectl would reach the API server, from the files of this machine. Where kubectl would try its default address,
 * which nobody named, this is an error.
 */
export function loadClientConfig(options: LoadOptions): {
  readonly config: ClientConfig
  readonly warnings: readonly string[]
} {
  const { kubeconfig, overrides = {}, env, cwd } = options
  const files = nodeFiles(cwd)
  const { config, warnings } = loadKubeconfig({ explicit: kubeconfig, env }, files)
  const client = resolveClientConfig(config, { overrides, env, files })
  const named = overrides.server || env.KUBERNETES_MASTER || config.clusters.size > 0
  if (!named && client.server === defaultServer(env)) {
    throw new RampartError('no-input', [...warnings, NOTHING_SAYS_WHERE].join('\n'))
  }
  return { config: client, warnings }
}
