/**
 * What is in the way of an upgrade, each with its object and its fix. Takes an estate with its inventory, gives blockers.
 * Does no I/O; one file for each kind of them.
 */
export * from './blocker.js'
export {
  BLOCKER_CHECKS,
  findBlockers,
  reachesLevel,
  subjectText,
  type BlockersInput,
} from './find-blockers.js'
export { skewOfInventory } from './skew-broken.js'
