/**
 * The words of Rampart: an estate (objects and hosts), facts with their origin, settings, findings, fixes.
 * Takes nothing, gives types and constructors. Imports no other folder and does no I/O.
 */
export * from './json.js'
export * from './stable-path.js'
export * from './object.js'
export * from './origin.js'
export * from './problem.js'
export * from './error.js'
export * from './host.js'
export * from './way-to.js'
export * from './setting.js'
export * from './fix.js'
export * from './finding.js'
export * from './estate.js'
export * from './audit-result.js'
export * from './benchmark-result.js'
export * from './audit-policy.js'
export * from './fingerprint.js'
export * from './rank.js'
export * from './probe.js'
export * from './estate-input.js'
