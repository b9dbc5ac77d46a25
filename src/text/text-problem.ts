import type { ProblemCode } from '../model/index.js'

/** What is wrong with a text; line and column count from 1 and from the text's own beginning. */
export interface TextProblem {
  readonly code: ProblemCode
  readonly level: 'error' | 'warning'
  readonly message: string
  readonly line: number
  readonly column: number
}

/** A value with what was odd about its text; without a value the text could not be read. */
export interface TextValue<T> {
  readonly value?: T
  readonly problems: readonly TextProblem[]
}

/** Deeper documents are refused: nothing that Kubernetes reads nests so far, and recursion has to end somewhere. */
export const MAX_DEPTH = 200
