/**
 * The Pod Security Standards, exact for every policy version. Takes a pod, gives the controls that it breaks.
 */
export { evaluatePodSecurity } from './evaluate.js'
export { BASELINE_CAPABILITIES } from './controls/capabilities-baseline.js'
export { BASELINE_SYSCTLS } from './controls/sysctls.js'
export type { Violation, ViolationPlace } from './control.js'
export * from './labels.js'
