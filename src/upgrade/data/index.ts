/**
 * Facts about releases that age, with their day. Takes what is built in or a file's text, gives rows.
 * Does no I/O.
 */
export * from './upgrade-data.js'
export * from './built-in-data.js'
export * from './read-upgrade-data.js'
export * from './staleness.js'
