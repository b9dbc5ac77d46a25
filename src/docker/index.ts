/**
 * What Docker defines, without I/O: settings and flags of dockerd by release, daemon.json, addresses it listens on.
 * Takes texts and words, gives typed values with places. Imports model and text alone.
 */
export * from './address.js'
export * from './daemon-json.js'
export * from './dockerd-flags.js'
export * from './hosts.js'
export * from './option-values.js'
export * from './registry-address.js'
export * from './releases.js'
export * from './objects/index.js'
export * from './client/index.js'
