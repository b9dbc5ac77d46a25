import type { Command } from 'commander'
import type { AuthorizerSpec, ChainConfig } from '../../access/index.js'
import type { Estate } from '../../model/index.js'
import { collect } from '../inputs.js'

/** Options that say which chain an API server runs: its own flags, and whether webhooks are asked. */
export interface ChainOptions {
  readonly authorizationMode?: string[]
  readonly authorizationPolicyFile?: string
  readonly authorizationConfig?: string
  readonly authorizationWebhookConfigFile?: string
  readonly authorizationWebhookVersion?: string
  readonly authorizationWebhookCacheAuthorizedTtl?: string
  readonly authorizationWebhookCacheUnauthorizedTtl?: string
  readonly askWebhooks?: boolean
}

/** The chain that answers, with where it came from. */
export interface ChosenChain {
  readonly specs: readonly AuthorizerSpec[]
  readonly config: ChainConfig
  /** Minor version of the API server whose chain it is, where that is known. */
  readonly minor?: number
  /** The feature gates that it is given. */
  readonly featureGates?: ReadonlyMap<string, boolean>
}

/** Adds the API server's own options for its chain. */
export function addChainOptions(command: Command): Command {
  return command
    .option(
      '--authorization-mode <modes>',
      "the API server's chain: Node,RBAC (default: that of an API server that was read, else Node,RBAC)",
      collect,
    )
    .option('--authorization-config <file>', 'an AuthorizationConfiguration that names the whole chain')
    .option('--authorization-policy-file <file>', 'the policy file of mode ABAC')
    .option('--authorization-webhook-config-file <file>', 'the kubeconfig file of mode Webhook')
    .option('--authorization-webhook-version <version>', 'of its SubjectAccessReview: v1 or v1beta1')
    .option('--authorization-webhook-cache-authorized-ttl <duration>', 'how long an allowing answer is kept')
    .option('--authorization-webhook-cache-unauthorized-ttl <duration>', 'how long another answer is kept')
    .option(
      '--ask-webhooks',
      'read the kubeconfig files of webhooks and ask them; else their answers are unknown',
    )
}

/** The chain that the user names, that of an API server that was read, or the usual one. */
export async function readChain(options: ChainOptions, estate: Estate): Promise<ChosenChain> {
  const words = flagWords(options)
  if (words.length > 0) {
    const { chainOfWords } = await import('./named-chain.js')
    return chainOfWords(words, options.askWebhooks === true)
  }
  const { chainOfEstate } = await import('./estate-chain.js')
  return chainOfEstate(estate, options.askWebhooks === true)
}

/** The options as an API server would be given them. */
function flagWords(options: ChainOptions): string[] {
  const word = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`--${name}=${value}`]
  return [
    ...(options.authorizationMode ?? []).flatMap((modes) => word('authorization-mode', modes)),
    ...word('authorization-config', options.authorizationConfig),
    ...word('authorization-policy-file', options.authorizationPolicyFile),
    ...word('authorization-webhook-config-file', options.authorizationWebhookConfigFile),
    ...word('authorization-webhook-version', options.authorizationWebhookVersion),
    ...word('authorization-webhook-cache-authorized-ttl', options.authorizationWebhookCacheAuthorizedTtl),
    ...word('authorization-webhook-cache-unauthorized-ttl', options.authorizationWebhookCacheUnauthorizedTtl),
  ]
}
