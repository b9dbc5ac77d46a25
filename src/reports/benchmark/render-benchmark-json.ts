import type { BenchmarkResult } from '../../model/index.js'
import { escapedJson } from '../escaped-json.js'
import { evidencePlace, targetText } from '../words.js'

/** Changes only when a field is taken away or changes its meaning; new fields may come at any time. */
export const BENCHMARK_FORMAT = 'rampart.benchmark/v1'

/** The result as JSON after `schemas/benchmark-result.schema.json`. */
export function streamBenchmarkJson(result: BenchmarkResult): Iterable<string> {
  const { rampart, benchmark, counts, controls } = result
  return escapedJson({
    format: BENCHMARK_FORMAT,
    rampart: { version: rampart.version },
    benchmark: { id: benchmark.id, name: benchmark.name, edition: benchmark.edition },
    counts: {
      pass: counts.pass,
      fail: counts.fail,
      accepted: counts.accepted,
      unknown: counts.unknown,
      notApplicable: counts.notApplicable,
    },
    controls: controls.map(({ number, title, section, state, reason, checks, passed, findings }) => ({
      number,
      title,
      section,
      state,
      reason,
      checks,
      passed,
      findings: findings.map(({ check, severity, target, message, evidence, fingerprint }) => ({
        check,
        severity,
        target: targetText(target),
        message,
        evidence: evidence.map((one) => ({ place: evidencePlace(one), message: one.message })),
        fingerprint,
      })),
    })),
  })
}
