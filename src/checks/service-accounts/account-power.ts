import type { Escalation } from '../../access/index.js'
import { bindingsOfAccount, resolveRole, strengthOf, type ObjectIndex } from '../../kube/index.js'
import { SEVERITIES, type Severity } from '../../model/index.js'
import { escalationsOfAccount } from '../rbac/held-escalations.js'

/** What a service account may do, by the bindings that name it. */
export interface AccountPower {
  /** Bindings that name it and whose role gives something. */
  readonly bindings: number
  /** The gravest technique that it holds, or undefined. */
  readonly worst: Escalation | undefined
  /** Whether a role that it is bound to was not read. */
  readonly unknown: boolean
}

/** Looks up what an account may do; rights that every account has are not counted. */
export function powerOf(index: ObjectIndex, namespace: string, name: string): AccountPower {
  const bindings = bindingsOfAccount(index, namespace, name)
  let counted = 0
  let unknown = false
  for (const { binding, roleRef } of bindings) {
    const role = resolveRole(roleRef, binding.ref.namespace, index)
    if (role.state === 'not-read') unknown = true
    const gives = role.state === 'found' ? strengthOf(role.rules, binding.ref.namespace) : 'nothing'
    if (gives !== 'nothing' && gives !== 'discovery') counted += 1
  }
  const worst = escalationsOfAccount(index, namespace, name).reduce<Escalation | undefined>(
    (grave, each) => (grave === undefined || rank(each.severity) < rank(grave.severity) ? each : grave),
    undefined,
  )
  return { bindings: counted, worst, unknown }
}

/** Whether a severity is at least as grave as another. */
export function atLeast(severity: Severity, least: Severity): boolean {
  return rank(severity) <= rank(least)
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}
