import type { AskWebhook, ChainConfig } from '../../access/index.js'
import { RampartError } from '../../model/index.js'

/**
 * The ways to ask the webhooks of a chain, by name: reads their kubeconfig files, so only with --ask-webhooks. `fileOf`
 * says where on this machine a file of the API server's is.
 */
export async function webhookAskers(
  config: ChainConfig,
  fileOf: (file: string) => string | undefined,
): Promise<ReadonlyMap<string, AskWebhook>> {
  const { createWebhookAsker } = await import('../../access/index.js')
  const { createSendReview, readWebhookKubeconfig } = await import('../../client/index.js')
  const askers = new Map<string, AskWebhook>()
  for (const authorizer of config.authorizers) {
    if (authorizer.type !== 'Webhook') continue
    const { name, webhook } = authorizer
    const { connection } = webhook
    const named = connection.type === 'KubeConfigFile' ? connection.file : ''
    const file = fileOf(named)
    if (file === undefined) {
      throw new RampartError(
        'unreachable',
        `the webhook ${name} cannot be asked: its kubeconfig file \`${named}\` was not read`,
      )
    }
    const send = createSendReview(readWebhookKubeconfig(file), webhook.timeout)
    askers.set(
      name,
      createWebhookAsker({
        timeout: webhook.timeout,
        version: webhook.subjectAccessReviewVersion,
        authorizedTTL: webhook.cacheAuthorizedRequests ? webhook.authorizedTTL : 0,
        unauthorizedTTL: webhook.cacheUnauthorizedRequests ? webhook.unauthorizedTTL : 0,
        send,
      }),
    )
  }
  return askers
}
