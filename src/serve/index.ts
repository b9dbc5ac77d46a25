/**
 * Servers of Rampart's own: a policy as an authorization webhook. Takes policies that were read, answers requests.
 * Listens only where it is told to.
 */
export * from './authorizer/decision-log.js'
export * from './authorizer/metrics.js'
export * from './authorizer/policy.js'
export * from './authorizer/server.js'
export * from './authorizer/server-files.js'
export * from './authorizer/watch-files.js'
