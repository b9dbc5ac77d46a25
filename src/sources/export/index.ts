/**
 * Kubernetes objects as a cluster gave them: lists of kubectl, cluster-info dumps.
 * Takes a file or folder, gives objects, problems, what is held completely, and the texts again on demand.
 */
export { isExport } from './is-export.js'
export { readExport, type ExportRead } from './read-export.js'
