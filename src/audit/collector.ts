import type { EvidenceInput, FailOptions, Report } from '../checks/index.js'
import type { Unknown } from '../model/index.js'

/** What one check said about one subject. */
export interface Answers {
  readonly fails: readonly { readonly evidence: readonly EvidenceInput[]; readonly options: FailOptions }[]
  readonly unknowns: readonly Unknown[]
  readonly notApplicable: readonly string[]
}

const PASSED: Answers = { fails: [], unknowns: [], notApplicable: [] }

/**
 * Runs one `evaluate` after another with a report that only collects. The same report serves all of them: a cluster is
 * asked millions of questions, and nearly every one passes.
 */
export function answerCollector(): (evaluate: (report: Report) => void) => Answers {
  let fails: { evidence: readonly EvidenceInput[]; options: FailOptions }[] = []
  let unknowns: Unknown[] = []
  let notApplicable: string[] = []
  const report: Report = {
    fail: (evidence, options = {}) => {
      const list = Array.isArray(evidence)
        ? (evidence as readonly EvidenceInput[])
        : [evidence as EvidenceInput]
      fails.push({ evidence: list, options })
    },
    unknown: (fact) => unknowns.push(fact),
    notApplicable: (detail) => notApplicable.push(detail),
  }
  return (evaluate) => {
    evaluate(report)
    if (fails.length + unknowns.length + notApplicable.length === 0) return PASSED
    const answers = { fails, unknowns, notApplicable }
    fails = []
    unknowns = []
    notApplicable = []
    return answers
  }
}
