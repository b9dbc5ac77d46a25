/**
 * Upgrades of whole clusters: what stands there, what the skew policy says, what is in the way, and the road.
 * Takes an estate and facts about releases, gives statuses, blockers and plans. Does no I/O.
 */
export * from './kube-version.js'
export * from './upgrade-plan.js'
export * from './inventory/index.js'
export * from './data/index.js'
export * from './blockers/index.js'
export * from './skew/index.js'
export { planUpgrade, refusePlanOptions, type PlanOptions } from './plan-upgrade.js'
export { clusterFingerprint, planDigest } from './fingerprint.js'
export { PACKAGES_URL } from './road/index.js'
export { commandText } from './command-text.js'
export { supportOf, type Support } from './support.js'
export { upgradeStatus, type NodeStatus, type StatusInput, type UpgradeStatus } from './upgrade-status.js'
export { targetOf, type Target } from './target.js'
