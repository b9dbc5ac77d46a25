/**
 * Reads one host: processes, units, static pods, configuration, modes and owners, certificates.
 * Takes a file system that is confined to the host's root, gives a Host without secrets. Runs nothing, opens nothing
 * but regular files.
 */
export { readHost, type ReadHostOptions } from './read-host.js'
export { refusalText, type HostFs } from './host-fs.js'
export { diskFs } from './disk-fs.js'
export { atRest } from './at-rest.js'
export { memoryFs, type MemoryFile } from './memory-fs.js'
export { staticPodObjects } from './static-pod-objects.js'
export { containerObjects } from './docker-containers.js'
export { findHostRoots, isHostRoot } from './host-roots.js'
export type { PsText } from './ps-commands.js'
export type { Limits } from './file-collector.js'
