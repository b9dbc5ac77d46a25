/**
 * The Docker daemon's configuration in force: flags, daemon.json, sockets that systemd opens.
 * Takes hosts of the model, gives settings with who set them. Does no I/O.
 */
export { dockerdsOf, type DockerdView } from './dockerds-of.js'
export { resolveDockerd, type ResolvedDockerd } from './resolve.js'
export type { DockerdInput, StartFault } from './dockerd-input.js'
export type { Listener, Listeners } from './listeners.js'
