/**
 * Turns findings into changes: a plan first, then the plan carried out and, where anything fails, put back.
 * Takes what an audit found and the files as they are, gives a plan; takes a plan, gives an outcome. Files of a host are
 * reached only below its root; backups and journals go to Rampart's own state folder. Objects of a cluster that the
 * user named are patched. Runs no command of a fix but restarts, and nothing that could not be put back.
 */
export * from './fix-plan.js'
export { isEmpty, planFix, type PlanInput, type Seen } from './plan-fix.js'
export { placesOf, type Place } from './plan-places.js'
export type { FixChoice } from './plan-choose.js'
export { readPlan } from './plan-read.js'
export { isLiveRoot, makePlan, type PlanWish } from './make-plan.js'
export { seePlaces } from './see-places.js'
export { compareWithPlan, knownOf } from './audit-step.js'
export type { FixContext, MadeSteps, StepMaker } from './fix-context.js'
export type * from './machine/machine.js'
export { applyFix, openFix, resumeFix, rollBackFix, type FixDoors, type FixOutcome } from './apply-fix.js'
export { clusterDoor } from './cluster-door.js'
export type { ObjectDoor } from './object-door.js'
