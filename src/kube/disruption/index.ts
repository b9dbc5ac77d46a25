/**
 * Budgets of disruptions, and what the API server makes of the eviction of a pod.
 * Takes objects as the API gives them; unknown statuses stay unknown. Does no I/O.
 */
export * from './budget.js'
export * from './judge-eviction.js'
