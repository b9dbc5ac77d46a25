/**
 * Carries out a saved plan of a cluster upgrade: every step a small state machine in a journal on disk.
 * Takes a plan, a client and ways to the hosts; gives events, and an outcome that says where it stands.
 * Two of them never work on one cluster: a lock on this machine, a Lease in the cluster. Prints nothing.
 */
export { abortUpgrade } from './abort-upgrade.js'
export { JOB_FOLDER, type ApplyOptions } from './apply-options.js'
export { applyUpgrade } from './apply-upgrade.js'
export { judgeDrift, type LiveCluster } from './drift.js'
export * from './host/index.js'
export {
  judgeLease,
  LEASE,
  readLease,
  UpgradeLease,
  type HeldLease,
  type LeaseHolder,
} from './lease/upgrade-lease.js'
export { nodeTimes, runTimes, type NodeTime } from './node-times.js'
export { RunMeter, type RunTimes } from './run-meter.js'
export { chooseRun, isPaused, KIND, openRuns, pauseRun, unpauseRun, type OpenRun } from './open-runs.js'
export { readPlan } from './read-plan.js'
export { readMaxUnavailable, schedule, type Lane, type Stage } from './schedule.js'
export { commandText } from './steps/host-script.js'
export { upgradeCluster, type UpgradeCluster } from './upgrade-cluster.js'
export { USUAL_LIMITS, type AskPerson, type NodeHost, type UpgradeLimits } from './upgrade-context.js'
export type { UpgradeEvent, UpgradeObserver, UpgradeOutcome } from './upgrade-event.js'
export { reportOfRun, upgradeReport, type ReportedStep, type UpgradeReport } from './upgrade-report.js'
