/**
 * Checks that users write: YAML with expressions in CEL, made into checks like Rampart's own.
 * Takes the text of a file, gives checks or the place of what is wrong. Does no I/O.
 */
export * from './read-user-checks.js'
export * from './definition.js'
