/**
 * A saved estate: written without secrets, read again by every command.
 */
export { writeSnapshot, snapshotLines } from './write-snapshot.js'
export { isSnapshot, readSnapshot, type SnapshotParts } from './read-snapshot.js'
export { withoutSecrets } from './without-secrets.js'
