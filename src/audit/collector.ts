import type { EvidenceInput, FailOptions, Report } from '../checks/index.js'
import type { Unknown } from '../model/index.js'

/** What one check said about one subject. */
export interface Answers {
  readonly fails: readonly { readonly evidence: readonly EvidenceInput[]; readonly options: FailOptions }[]
  readonly unknowns: readonly Unknown[]
  readonly notApplicable: readonly string[]
}

/** Runs `evaluate` with a report that only collects. */
export function collectAnswers(evaluate: (report: Report) => void): Answers {
  const fails: { evidence: readonly EvidenceInput[]; options: FailOptions }[] = []
  const unknowns: Unknown[] = []
  const notApplicable: string[] = []
  evaluate({
    fail: (evidence, options = {}) => {
      const list = Array.isArray(evidence)
        ? (evidence as readonly EvidenceInput[])
        : [evidence as EvidenceInput]
      fails.push({ evidence: list, options })
    },
    unknown: (fact) => unknowns.push(fact),
    notApplicable: (detail) => notApplicable.push(detail),
  })
  return { fails, unknowns, notApplicable }
}
