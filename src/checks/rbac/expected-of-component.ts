import { componentThatHolds, type ObjectIndex } from '../../kube/index.js'
import type { Severity } from '../../model/index.js'
import type { FailOptions } from '../define-check.js'
import { advice } from '../precondition.js'

/**
 * What is said otherwise where an account holds a technique of escalation because its component, recognised by all that
 * runs under it, is made so; nothing where it is not. The right stays a finding: whoever takes the pod has it.
 */
export function expectedOfComponent(
  index: ObjectIndex,
  account: { readonly namespace: string; readonly name: string },
  technique: string,
  severity: Severity,
): FailOptions {
  const component = componentThatHolds(index, account, technique)
  if (component === undefined) return {}
  return {
    severity: severity === 'critical' || severity === 'high' ? 'medium' : 'low',
    because: `expected for this component: ${component.name} is given this right by its authors; whoever takes over its pods has it as well`,
    fix: advice(
      `Leave it, or take from the role what this cluster does not use of ${component.name}. Keep others from making pods in namespace ${account.namespace}: they could run under its account.`,
      { breaks: `what ${component.name} does with the rights that go` },
    ),
  }
}
