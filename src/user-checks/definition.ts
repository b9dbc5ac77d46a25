import type { AnyCheck } from '../checks/index.js'
import type { EstateInput, FilePlace } from '../model/index.js'

/** What a test case of a check expects of it. */
export const EXPECTATIONS = ['fail', 'pass', 'unknown', 'not-asked'] as const
export type Expectation = (typeof EXPECTATIONS)[number]

/** A small estate, and what the check shall say of it. */
export interface UserCheckTest {
  readonly name: string
  readonly expect: Expectation
  readonly given: EstateInput
  readonly place: FilePlace
}

/** A check that a user wrote, with its test cases. */
export interface UserCheck {
  readonly check: AnyCheck
  readonly place: FilePlace
  readonly tests: readonly UserCheckTest[]
}
