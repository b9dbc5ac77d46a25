/**
 * The configuration in force of a component: which value wins, who set it, who lost.
 * Takes hosts and objects of the model, gives settings. Does no I/O.
 */
export * from './component.js'
export type { FlagFile, StartChange } from './start-change.js'
export { minorOf } from './component-version.js'
export * from './kubelet/index.js'
export * from './dockerd/index.js'
export * from './apiserver/index.js'
export * from './flag-controllers.js'
export { flagDocument, type FlagDocument } from './flag-document.js'
export { featureStage } from './feature-stage.js'
export * from './etcd/index.js'
export * from './kube-proxy/index.js'
