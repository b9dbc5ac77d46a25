/**
 * Reads the texts that components read, as they read them: flags, durations, places of values in documents.
 * Takes text, gives values with their places. Does no I/O and never throws on input.
 */
export * from './flags.js'
export * from './flag-tables.js'
export * from './flag-types.js'
export * from './go-document.js'
export * from './go-duration.js'
export * from './json-document.js'
export * from './go-values.js'
export * from './ip-address.js'
export * from './label-syntax.js'
export * from './quantity.js'
export * from './scalar-text.js'
export * from './mask.js'
export * from './sensitive-values.js'
export * from './line-of.js'
export * from './read-json.js'
export * from './read-yaml.js'
export * from './text-problem.js'
