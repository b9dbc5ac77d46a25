import type { Finding } from './finding.js'
import type { SourceSummary } from './estate.js'
import type { Problem } from './problem.js'

/** The benchmarks that a report can be ordered by. */
export const BENCHMARK_IDS = ['cis-1.12', 'cis-2.0', 'cis-docker', 'nsa'] as const
export type BenchmarkId = (typeof BENCHMARK_IDS)[number]

/** What a control came to. `accepted`: all that fails is excepted, with a reason and an end. */
export const CONTROL_STATES = ['pass', 'fail', 'accepted', 'unknown', 'notApplicable'] as const
export type ControlState = (typeof CONTROL_STATES)[number]

/** One control of a benchmark, judged. */
export interface ControlResult {
  readonly number: string
  readonly title: string
  readonly section: string
  readonly state: ControlState
  /** Why this state, one line; for unknown what would be needed to know. */
  readonly reason: string
  /** The checks that judged it, by id. */
  readonly checks: readonly string[]
  /** How many answers of these checks passed. */
  readonly passed: number
  /** What fails, worst first; for `accepted` and `unknown` what is accepted or unknown. */
  readonly findings: readonly Finding[]
}

/** An audit in the order of a benchmark. Holds no text of the benchmark itself. */
export interface BenchmarkResult {
  readonly rampart: { readonly version: string }
  readonly benchmark: { readonly id: BenchmarkId; readonly name: string; readonly edition: string }
  readonly sources: readonly SourceSummary[]
  readonly controls: readonly ControlResult[]
  readonly counts: Readonly<Record<ControlState, number>>
  readonly problems: readonly Problem[]
}
