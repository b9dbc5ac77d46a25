export {
  ObjectReader,
  type ForeignDocuments,
  type ObjectReaderOptions,
  type ObjectsRead,
} from './object-reader.js'
export type { ListSeen } from './collect-objects.js'
export { isCordonedByUpgrade, UPGRADE_MANAGER } from './cordoned-by-upgrade.js'
export { redactObject } from './redact-object.js'
export { refOf } from './ref-of.js'
export { LAST_APPLIED_MANAGER } from './other-versions.js'
export { renderedByHelm } from './helm-release.js'
