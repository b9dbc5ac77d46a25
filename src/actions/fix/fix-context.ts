import type { AuditResult, Estate } from '../../model/index.js'
import type { Run, Step } from '../journal/index.js'
import type { FixPlan } from './fix-plan.js'
import type { Machine } from './machine/machine.js'
import type { ObjectDoor } from './object-door.js'

/** What steps of a fix stand on besides their plan. */
export interface FixContext {
  readonly run: Run
  readonly machine: Machine
  /** Reads one host as it is now, with its processes. */
  readonly readHost: (root: string) => Promise<Estate>
  /** Audits the plan's subject again, as it was audited for the plan. */
  readonly audit: () => Promise<AuditResult>
  /** The cluster of the plan, where it changes objects. */
  readonly objects?: ObjectDoor
  /** How long a service may take until it answers, in milliseconds. */
  readonly healthMs: number
}

/** Steps around those of others: `before` those of all makers, then all `act`, then all `after`. */
export interface MadeSteps {
  readonly before?: readonly Step[]
  readonly act?: readonly Step[]
  readonly after?: readonly Step[]
}

/** Makes the steps of one part of a plan; the same plan and run give the same steps with the same ids. */
export type StepMaker = (plan: FixPlan, context: FixContext) => Promise<MadeSteps>
