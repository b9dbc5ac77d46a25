import type { Step } from '../journal/index.js'
import { auditSteps } from './audit-step.js'
import { fileSteps } from './file-steps.js'
import type { FixContext, StepMaker } from './fix-context.js'
import type { FixPlan } from './fix-plan.js'
import { objectSteps } from './object-steps.js'
import { restartSteps } from './restart-steps.js'

/** Who makes the steps of a plan, in order. The audit is the last: it judges what all others did. */
const STEP_MAKERS: readonly StepMaker[] = [fileSteps, objectSteps, restartSteps, auditSteps]

/** All steps of a plan: what is noted, what is written, what starts anew, what is asked at the end. */
export async function makeSteps(plan: FixPlan, context: FixContext): Promise<readonly Step[]> {
  const made = []
  for (const maker of STEP_MAKERS) made.push(await maker(plan, context))
  return [
    ...made.flatMap(({ before = [] }) => before),
    ...made.flatMap(({ act = [] }) => act),
    ...made.flatMap(({ after = [] }) => after),
  ]
}
