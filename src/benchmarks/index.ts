/**
 * Benchmarks: which controls there are, by number and with titles of our own, which checks judge each, and an audit's
 * result control by control. Takes checks and a result; reads nothing.
 */
export type { Benchmark, Control } from './benchmark.js'
export { benchmarkOf, benchmarks } from './benchmarks.js'
export { checksByControl } from './checks-of-control.js'
export { judgeBenchmark } from './judge-benchmark.js'
