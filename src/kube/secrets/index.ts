/**
 * Secrets where none should be: literals in workloads and ConfigMaps. Gives places, what says so and a fingerprint;
 * never the value.
 */
export * from './secrets-in-config-map.js'
export * from './secrets-in-container.js'
export type { SecretPlace } from './secret-place.js'
