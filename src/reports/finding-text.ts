import type { Evidence, Finding } from '../model/index.js'
import { editLines } from './edit-lines.js'
import { evidencePlace, fixKind, REACH_WORDS, targetText } from './words.js'

/** One sentence: what it is about and what is wrong there. */
export function findingSentence({ target, message }: Finding): string {
  return `${targetText(target)}: ${message}`
}

/** A finding in plain lines, for formats that have one field for all of it: evidence, reach, reason and the fix. */
export function findingText(finding: Finding): string {
  const { fix } = finding
  return [
    findingSentence(finding),
    ...(finding.result === 'fail' ? [`Open to ${REACH_WORDS[finding.reach]}; ${finding.because}.`] : []),
    ...finding.evidence.map(evidenceLine),
    ...(fix === undefined
      ? []
      : [
          `${fixKind(fix) === 'advice' ? 'Advice' : 'Fix'}: ${fix.text}`,
          ...editLines(fix.edits),
          ...fix.commands,
        ]),
    ...(fix?.breaks === undefined ? [] : [`May break: ${fix.breaks}`]),
    ...(fix?.verify === undefined ? [] : [`Verify: ${fix.verify}`]),
  ].join('\n')
}

function evidenceLine(evidence: Evidence): string {
  return `${evidencePlace(evidence)}: ${evidence.message}`
}
