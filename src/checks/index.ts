/**
 * The checks: one file each, an id, its reason, what it sees and the fix.
 * Takes subjects (component, workload, object, host, estate), reports failures with evidence. Does no I/O.
 */
export * from './define-check.js'
export { checks } from './catalogue.js'
export { checksByDefault } from './checks-by-default.js'
