/**
 * The road of an upgrade: its stages, and the steps of each. Takes versions and names, gives steps with their commands.
 * Does no I/O and runs nothing.
 */
export { planRoad, type RoadInput, type RoadNode, type RoadStage } from './plan-road.js'
export type { Closed } from './node-visit.js'
export { buildSteps, type RoadPlace, type StageVersions } from './build-steps.js'
export { OLDEST_PACKAGED, PACKAGES_URL, type KubeadmPaths } from './node-commands.js'
