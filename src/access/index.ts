/**
 * Decides access as the API server does, and says why: Node, ABAC, RBAC, Webhook, in the configured order.
 * Takes objects and configurations, gives decisions. Does no I/O: a webhook's transport is passed in.
 */
export * from './attributes.js'
export * from './authorizer.js'
export * from './abac/index.js'
export * from './chain/index.js'
export * from './conditions/index.js'
export * from './config/index.js'
export * from './difference/index.js'
export * from './escalation/index.js'
export * from './identity/index.js'
export * from './lint/index.js'
export * from './node/index.js'
export * from './questions/index.js'
export * from './rbac/index.js'
export * from './review/index.js'
export * from './usage/index.js'
export * from './webhook/index.js'
export * from './chain-specs.js'
export * from './create-authorizer.js'
export * from './default-objects.js'
