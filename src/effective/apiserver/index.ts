/**
 * The API server's configuration in force: its flags, and what it makes of several of them.
 * Takes hosts and objects of the model, gives settings with who set them. Does no I/O.
 */
export { jwtAuthenticatorsOf, type JwtAuthenticator } from './authentication-config.js'
export { apiserversOf } from './apiservers-of.js'
export { podSecurityDefaults, type PodSecurityDefaults } from './pod-security-defaults.js'
export { pluginDocument } from './plugin-document.js'
