import { CGROUP_RULES } from './validate-cgroups.js'
import { GATED_RULES } from './validate-gated.js'
import { LOGGING_RULES } from './validate-logging.js'
import { NODE_RULES } from './validate-node.js'
import type { ConfigView } from './config-view.js'
import type { FeatureGates } from './feature-gates.js'
import { NUMBER_RULES } from './validate-numbers.js'

/** One rule: the field that it is about, and what is wrong with it, if anything. */
export interface ValidationRule {
  readonly field: string
  readonly check: (view: ConfigView) => string | undefined
}

/** A field that the kubelet refuses to start with. */
export interface ConfigFault {
  readonly field: string
  readonly message: string
}

/**
 * What the kubelet objects to in its finished configuration; rules about the host itself are left out (cgroup version).
 * Source: kubernetes v1.36.2 pkg/kubelet/apis/config/validation, ValidateKubeletConfiguration.
 */
export function validateConfiguration(view: ConfigView): ConfigFault[] {
  return rulesOf([...NUMBER_RULES, ...GATED_RULES, ...CGROUP_RULES, ...NODE_RULES, ...LOGGING_RULES], view)
}

/** What the kubelet objects to before all else. Source: k8s.io/component-base v0.36.2 logs/api/v1, Validate. */
export function validateLogging(view: ConfigView): ConfigFault[] {
  return rulesOf(LOGGING_RULES, view)
}

function rulesOf(rules: readonly ValidationRule[], view: ConfigView): ConfigFault[] {
  return rules.flatMap(({ field, check }) => {
    const message = view.has(field) ? check(view) : undefined
    return message === undefined ? [] : [{ field, message }]
  })
}

/** Faults of the gates themselves, as the validation finds them once more. */
export function validateGates(gates: FeatureGates, own: ReadonlyMap<string, boolean>): ConfigFault[] {
  return gates.set(own).map((message) => ({ field: 'featureGates', message }))
}
