/**
 * Talks to servers that the user named: the webhooks of a chain. Takes what a kubeconfig file says, gives answers.
 * Nothing is contacted that was not named, and no program is run for a credential.
 */
export * from './send-review.js'
export * from './webhook-kubeconfig.js'
