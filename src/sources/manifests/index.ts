/**
 * Kubernetes objects from manifests: files, folders, globs, standard input.
 * Takes what the user named, gives objects, problems, and the texts again on demand.
 */
export { readManifestText } from './read-manifest-text.js'
export { readManifests, type ManifestsRead, type ReadManifestsOptions } from './read-manifests.js'
