/**
 * Makes access: exactly the rights that were asked for, judged by the engine before they are given, with an end, an owner
 * and a way to find it all again. Talks to the API server through the client that it is handed.
 */
export * from './apply-mint.js'
export * from './issue-credential.js'
export * from './judge-mint.js'
export * from './list-minted.js'
export * from './make-request.js'
export * from './mint-labels.js'
export * from './mint-request.js'
export * from './minted-kubeconfig.js'
export * from './plan-mint.js'
export * from './read-grant.js'
