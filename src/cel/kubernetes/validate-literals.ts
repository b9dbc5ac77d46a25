import { parseGoDurationNanos, parseTimestamp } from '../std/time.js'
import { CelError } from '../values.js'
import { patternFault } from './regular-expression.js'

/**
 * Faults of literals that Kubernetes refuses when an expression is compiled: patterns, durations, times.
 * Source: kubernetes v1.36.2 apiserver pkg/cel/environment/base.go, ASTValidators, and library/regex.go.
 */
export function validateLiterals(name: string, literals: readonly unknown[]): string | undefined {
  switch (name) {
    case 'matches':
    case 'find':
    case 'findAll': {
      const fault = typeof literals[1] === 'string' ? patternFault(literals[1]) : undefined
      return fault === undefined ? undefined : `invalid ${name} argument: ${fault}`
    }
    case 'duration':
      return typeof literals[0] === 'string' && parseGoDurationNanos(literals[0]) === undefined
        ? 'invalid duration argument'
        : undefined
    case 'timestamp':
      return typeof literals[0] === 'string' && parseTimestamp(literals[0]) instanceof CelError
        ? 'invalid timestamp argument'
        : undefined
    default:
      return undefined
  }
}
