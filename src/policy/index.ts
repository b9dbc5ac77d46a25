/**
 * The user's own configuration: exceptions, severities, which checks are asked about which namespaces.
 * Takes the text of a `.rampart.yaml`, gives what it says or the place of what is wrong. Does no I/O.
 */
export { ownersWords, untrustedAmong } from './owners-words.js'
export * from './configuration.js'
export * from './choose-checks.js'
export * from './judged-namespaces.js'
export * from './strict-document.js'
