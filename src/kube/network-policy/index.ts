/**
 * NetworkPolicies as the API defines them: what isolates a pod, and what is let through. Takes objects, gives verdicts;
 * what the API leaves to network plug-ins is told apart. Imports model, text and its siblings alone.
 */
export { blocksOverlap, readAddress, addressBlock, holdsBlock, type AddressBlock } from './address-block.js'
export * from './read-policy.js'
export * from './policy-set.js'
export * from './evaluate.js'
export * from './other-layers.js'
