import type { Evaluate } from './evaluator.js'
import { CelError, CelMap, CelOptional } from './values.js'

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

/** `a ? b : c`. */
export function conditional(a: Evaluate, b: Evaluate, c: Evaluate, offset: number): Evaluate {
  return (frame) => {
    const condition = a(frame)
    if (condition instanceof CelError) return condition
    if (typeof condition !== 'boolean') return new CelError('no such overload', offset)
    return condition ? b(frame) : c(frame)
  }
}

/** `a.?b`: an optional with the field, or without a value where it is missing. */
export function optionalSelect(operand: Evaluate, field: Evaluate, extra: number, offset: number): Evaluate {
  return (frame) => {
    const value = operand(frame)
    if (value instanceof CelError) return value
    const name = field(frame)
    if (name instanceof CelError) return name
    frame.meter.add(extra)
    const from = value instanceof CelOptional ? value.value : value
    if (from === undefined) return CelOptional.none
    if (!(from instanceof CelMap)) return new CelError('no such overload', offset)
    const found = from.get(name)
    if (found === undefined) return CelOptional.none
    return frame.meter.add(1) ?? CelOptional.of(found)
  }
}

/** `a.or(b)` and `a.orValue(b)`: b is only looked at when a has no value. */
export function optionalOr(a: Evaluate, b: Evaluate, name: 'or' | 'orValue', offset: number): Evaluate {
  return (frame) => {
    const value = a(frame)
    if (value instanceof CelError) return value
    if (!(value instanceof CelOptional)) return new CelError('no such overload', offset)
    if (value.value !== undefined) return name === 'or' ? value : value.value
    const other = b(frame)
    if (name === 'or' && !(other instanceof CelError) && !(other instanceof CelOptional)) {
      return new CelError('no such overload', offset)
    }
    return other
  }
}
