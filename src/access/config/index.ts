/**
 * The chain of authorizers that an API server runs, from its flags or its AuthorizationConfiguration, with every reason
 * for which it would refuse them. Takes texts, gives plain values. Does no I/O and never throws on input.
 */
export * from './authorization-flags.js'
export * from './chain.js'
export * from './chain-of-flags.js'
export * from './read-authorization-configuration.js'
export type { FileState } from './webhook-fields.js'
