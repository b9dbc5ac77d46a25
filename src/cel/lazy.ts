import type { Evaluate } from './evaluator.js'
import { CelError, CelOptional } from './values.js'

/** && and ||: what decides wins over an error on either side. Source: cel-spec doc/langdef.md, Logical Operators. */
export function logical(a: Evaluate, b: Evaluate, decides: boolean): Evaluate {
  return (frame) => {
    const left = a(frame)
    if (left === decides) return decides
    const right = b(frame)
    if (right === decides) return decides
    for (const value of [left, right]) {
      if (value instanceof CelError) return value
      if (typeof value !== 'boolean') return new CelError('no such overload')
    }
    return !decides
  }
}

/**
 * `a.or(b)` and `a.orValue(b)`: b is only looked at when a has no value. What is no optional, where types are not known,
 * is the result. Source: cel-go cel/library.go, evalOptionalOr and evalOptionalOrValue.
 */
export function optionalOr(a: Evaluate, b: Evaluate, name: 'or' | 'orValue'): Evaluate {
  return (frame) => {
    const value = a(frame)
    if (!(value instanceof CelOptional)) return value
    if (value.value === undefined) return b(frame)
    return name === 'or' ? value : value.value
  }
}
