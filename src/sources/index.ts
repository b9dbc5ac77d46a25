/**
 * Reads what a user points at into an estate: manifests, exports, hosts, snapshots, inline texts.
 * The only folder that opens a user's files; the folders below know nothing of one another.
 */
export { readAuditLog } from './audit-log/index.js'
export { diskFs } from './host/index.js'
export { estateFrom } from './inline.js'
export { clientFile } from './docker-client/index.js'
export type { ClusterDoor, ClusterWish } from './cluster/index.js'
export { readCertificateFiles, type CertificateFiles } from './certificate-files.js'
export { readEstate, type EstatePaths } from './read-estate.js'
export { writeSnapshot } from './snapshot/index.js'
export { type HostFs } from './host/index.js'
