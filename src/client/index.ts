/**
 * Talks to servers that the user named: API servers of kubeconfigs, and the webhooks of a chain.
 * Takes a resolved configuration, gives answers. Nothing is contacted that was not named.
 */
export * from './exec-credential.js'
export * from './agents.js'
export * from './answer-lines.js'
export * from './api-client.js'
export * from './api-error.js'
export * from './connection-error.js'
export * from './credentials.js'
export * from './discovery.js'
export * from './environment-proxy.js'
export * from './list.js'
export * from './read-body.js'
export * from './retry.js'
export * from './reviews.js'
export * from './server-url.js'
export * from './text-lines.js'
export * from './tls-options.js'
export * from './transport.js'
export * from './watch.js'
export * from './send-review.js'
export * from './webhook-kubeconfig.js'
