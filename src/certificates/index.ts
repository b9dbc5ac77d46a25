/**
 * Certificates as a platform uses them: where each stands, who uses it as what, and whether that can work.
 * Takes hosts and objects that were read, gives certificates with their users and faults. Holds no private key, does no
 * I/O, and names no secret.
 */
export * from './certificate-entry.js'
export * from './certificate-roles.js'
export * from './host-certificates.js'
export * from './key-pairs.js'
export { inventoryCertificates } from './inventory-certificates.js'
