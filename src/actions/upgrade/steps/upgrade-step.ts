import { asBoolean, field, valueAt } from '../../../model/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import type { Step } from '../../journal/index.js'
import type { UpgradeContext } from '../upgrade-context.js'
import { commandStep } from './command-step.js'
import { drainOf, drainStep, uncordonStep } from './drain-step.js'
import { gateStep } from './gate-step.js'
import { removeNodeStep, replaceNodeStep } from './replacement-steps.js'

/** The state machine of a planned step. */
export function upgradeStep(planned: PlannedStep, context: UpgradeContext): Step {
  switch (planned.action) {
    case 'drain':
      return drainStep(planned, context)
    case 'uncordon':
      return uncordonStep(planned, context)
    case 'health-gate':
      return gateStep(planned, context)
    case 'replace-node':
      return replaceNodeStep(planned, context)
    case 'remove-node':
      return removeNodeStep(planned, context)
    case 'install-kubelet':
    case 'restart-kubelet':
      return onDrainedNode(commandStep(planned, context), planned, context)
    default:
      return commandStep(planned, context)
  }
}

/** A kubelet of another minor starts only on a node that was drained, and that nobody has opened since. */
function onDrainedNode(step: Step, planned: PlannedStep, context: UpgradeContext): Step {
  if (drainOf(planned, context)?.minor !== planned.minor) return step
  return {
    ...step,
    async precondition(signal) {
      const refusal = await step.precondition?.(signal)
      if (refusal !== undefined) return refusal
      const node = await context.cluster.node(planned.node)
      return asBoolean(field(valueAt(node, ['spec']), 'unschedulable')) === true
        ? undefined
        : `${planned.node} was uncordoned after its drain, and may have pods again: drain it (rampart drain ${planned.node} --ignore-daemonsets), then go on`
    },
  }
}
