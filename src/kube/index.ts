/**
 * What Kubernetes defines, without I/O: pod templates, owners, Pod Security, versions.
 * Takes objects of the model, gives answers about them. Imports model and text alone.
 */
export * from './pod-template.js'
export * from './object-index.js'
export * from './pod-resources.js'
export * from './tls-ciphers.js'
export * from './rbac/index.js'
export * from './api-resources/index.js'
export * from './pod-security/index.js'
export * from './shell-word.js'
export * from './known-components.js'
export * from './objects/index.js'
export * from './owners.js'
export * from './image-repository.js'
export * from './label-selector.js'
export * from './namespace-workloads.js'
export * from './exposure.js'
export * from './consoles.js'
export * from './mounted-path.js'
export * from './node-provider.js'
export * from './configz.js'
