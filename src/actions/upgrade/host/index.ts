/**
 * Hosts of nodes, behind a transport: this machine, or SSH with checked host keys.
 * Takes scripts of a POSIX shell, gives their status; a job is started once and found again after any break.
 * Knows nothing of upgrades.
 */
export * from './host-transport.js'
export * from './host-job.js'
export { localHost } from './local-host.js'
export { sshHost } from './ssh-host.js'
export type { SshAlgorithms, SshOptions } from './ssh-options.js'
export * from './ssh-config/index.js'
export * from './known-hosts.js'
