/**
 * Cordons and drains nodes of a running cluster, exactly as kubectl does.
 * Takes a client, names of nodes and options; gives typed outcomes, and events while it works.
 * Sends nothing but what a drain needs; prints nothing, and never deletes what a filter keeps.
 */
export * from './cordon.js'
export * from './drain-error.js'
export * from './drain-event.js'
export * from './drain-nodes.js'
export * from './drain-options.js'
export type { PodName } from './drained-pod.js'
export * from './find-nodes.js'
export * from './forecast.js'
export * from './forecast-lines.js'
export * from './kubectl-lines.js'
export * from './plan-forecast.js'
export { isLabelSelector } from './selector-text.js'
export * from './waiting-words.js'
