import { BIND_MACROS } from './ext/optionals.js'
import { ENCODERS } from './ext/encoders.js'
import { MATH, MATH_MACROS } from './ext/math.js'
import { STRINGS_3 } from './ext/strings.js'
import type { CelFunction } from './functions.js'
import type { Macro } from './macros.js'

/** Libraries of the language that Kubernetes leaves out; for other environments, and for the conformance suite. */
export function specLibraries(): {
  readonly functions: readonly CelFunction[]
  readonly macros: readonly (readonly [string, Macro])[]
  readonly typeNames: readonly string[]
} {
  return {
    functions: [...STRINGS_3, ...ENCODERS, ...MATH],
    macros: [...BIND_MACROS, ...MATH_MACROS],
    typeNames: [],
  }
}
