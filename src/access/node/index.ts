export * from './authorizer.js'
export * from './node-graph.js'
export * from './node-features.js'
export * from './pod-references.js'
