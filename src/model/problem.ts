import type { FilePlace } from './origin.js'

export type ProblemCode =
  | 'unreadable'
  | 'not-text'
  | 'too-large'
  | 'too-deep'
  | 'not-a-file'
  | 'loop'
  | 'syntax'
  | 'duplicate-key'
  | 'not-an-object'
  | 'alias-bomb'
  | 'custom-tag'
  | 'truncated-line'
  | 'unknown-format'

/** Input that could not be taken as it is. Reading goes on after it. */
export interface Problem {
  readonly code: ProblemCode
  /** One sentence that quotes the input's own words in backticks. */
  readonly message: string
  readonly place: FilePlace
  /** error: something was left out; warning: it was read, with a doubt. */
  readonly level: 'error' | 'warning'
}
