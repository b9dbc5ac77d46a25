import { knowledgeOf } from './kubelet/knowledge.js'

/**
 * The stage of a feature gate in a version (`1.36.2`; the newest known where it is not): `ALPHA`, `BETA`, `GA`,
 * `DEPRECATED`. Undefined for a gate that is not known. Every component of one version registers the same gates.
 */
export function featureStage(version: string | undefined, gate: string): string | undefined {
  const { gates } = knowledgeOf(version)
  return Object.hasOwn(gates, gate) ? gates[gate]?.stage : undefined
}
