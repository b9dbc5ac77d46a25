import { asString, type JsonObject } from '../../src/model/index.js'
import type { Corpus } from './corpus.js'

/** One answer as it is written to the answers file. */
export interface RecordedAnswer {
  readonly corpus: string
  readonly case: string
  readonly index: number
  readonly answer: JsonObject
}

export interface CorpusResult {
  readonly total: number
  /** How many requests hold a recorded answer. */
  readonly compared: number
  readonly equal: number
  readonly differences: readonly string[]
  readonly answers: readonly RecordedAnswer[]
}

/** Answers every request of a recording and compares where an answer was recorded. */
export function runCorpus(corpus: Corpus, lines: readonly JsonObject[], file: string): CorpusResult {
  const engine = corpus.engine
  if (engine === undefined) throw new Error(`there is no engine for ${corpus.name}`)
  const answers: RecordedAnswer[] = []
  const differences: string[] = []
  let compared = 0
  let equal = 0
  for (const [at, line] of lines.entries()) {
    const name = corpus.oneCase === true ? corpus.name : (asString(line.name) ?? '')
    const expected = engine.expected(line)
    engine.answer(line, file).forEach((answer, position) => {
      const index = corpus.oneCase === true ? at : position
      answers.push({ corpus: corpus.name, case: name, index, answer })
      const recorded = expected[position]
      if (recorded === undefined) return
      compared += 1
      if (engine.equal(answer, recorded)) equal += 1
      else
        differences.push(
          `${name}[${index}]: ours ${JSON.stringify(answer)}, recorded ${JSON.stringify(recorded)}`,
        )
    })
  }
  return { total: answers.length, compared, equal, differences, answers }
}
