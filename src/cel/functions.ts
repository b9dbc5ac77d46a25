import type { CelType } from './types.js'
import type { CelResult, CelValue } from './values.js'

/** One form of a function: what it takes, what it gives, how it is computed. */
export interface CelOverload {
  /** As cel-go names it: `string_to_int`. */
  readonly id: string
  /** Called on its first argument: `a.f(b)`. */
  readonly receiver: boolean
  readonly parameters: readonly CelType[]
  readonly result: CelType
  readonly call: (...args: CelValue[]) => CelResult
}

/** A function with its overloads. Names may be qualified: `ip.isCanonical`. */
export interface CelFunction {
  readonly name: string
  readonly overloads: readonly CelOverload[]
}

/** What a call costs beyond its arguments; undefined leaves it to the language's own rules. */
export type CallCost = (
  name: string,
  overload: string,
  /** An error stands for an argument that failed. */
  args: readonly CelResult[],
  result: CelResult,
) => number | undefined

/** A function `f(a, b)`. */
export function globalOverload(
  id: string,
  parameters: readonly CelType[],
  result: CelType,
  call: CelOverload['call'],
): CelOverload {
  return { id, receiver: false, parameters, result, call }
}

/** A function `a.f(b)`; the first parameter is `a`. */
export function memberOverload(
  id: string,
  parameters: readonly CelType[],
  result: CelType,
  call: CelOverload['call'],
): CelOverload {
  return { id, receiver: true, parameters, result, call }
}
